import type { Role } from '../../../shared/contracts/people.ts';
import type { Shape } from '../components/icon-shapes.ts';
import type { Words } from '../i18n/zh.ts';
import type { PageName } from './pages.ts';

export interface Tab {
  readonly page: PageName;
  readonly icon: Shape;
  readonly title: (words: Words) => string;
}

const OWN: readonly Tab[] = [
  { page: 'home', icon: 'home', title: (words) => words.tabs.home },
  { page: 'order', icon: 'bowl', title: (words) => words.tabs.order },
  { page: 'orders', icon: 'orders', title: (words) => words.tabs.orders },
  { page: 'me', icon: 'person', title: (words) => words.tabs.me },
];

const STAFF: readonly Tab[] = [{ page: 'me', icon: 'person', title: (words) => words.tabs.me }];

const BY_ROLE: Readonly<Record<Role, readonly Tab[]>> = {
  elder: OWN,
  family: OWN,
  'community-staff': STAFF,
  'canteen-staff': STAFF,
  'district-staff': STAFF,
};

/** The few pages that stand at the bottom of the screen for this role. */
export const tabsOf = (role: Role): readonly Tab[] => BY_ROLE[role];

import type { Role } from '../../../shared/contracts/roles.ts';
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

const TODAY: Tab = { page: 'today', icon: 'calendar', title: (words) => words.staffTabs.today };
const CHECK_IN: Tab = { page: 'checkIn', icon: 'checkIn', title: (words) => words.staffTabs.checkIn };
const PEOPLE: Tab = { page: 'people', icon: 'people', title: (words) => words.staffTabs.people };
const KITCHEN: Tab = { page: 'kitchen', icon: 'kitchen', title: (words) => words.staffTabs.kitchen };
const BOARD: Tab = { page: 'board', icon: 'bell', title: (words) => words.staffTabs.board };
const RAISE_FOR: Tab = { page: 'raiseFor', icon: 'phone', title: (words) => words.staffTabs.raiseFor };
const ME: Tab = { page: 'me', icon: 'person', title: (words) => words.tabs.me };

const BY_ROLE: Readonly<Record<Role, readonly Tab[]>> = {
  elder: OWN,
  family: OWN,
  'community-staff': [
    TODAY,
    { page: 'staffOrder', icon: 'bowl', title: (words) => words.staffTabs.order },
    CHECK_IN,
    PEOPLE,
    ME,
  ],
  'canteen-staff': [
    TODAY,
    CHECK_IN,
    KITCHEN,
    { page: 'menu', icon: 'bowl', title: (words) => words.staffTabs.menu },
    ME,
  ],
  'district-staff': [
    TODAY,
    KITCHEN,
    PEOPLE,
    { page: 'figures', icon: 'figures', title: (words) => words.staffTabs.figures },
    ME,
  ],
  dispatcher: [
    BOARD,
    RAISE_FOR,
    { page: 'devices', icon: 'checkIn', title: (words) => words.staffTabs.devices },
    { page: 'alertReport', icon: 'figures', title: (words) => words.staffTabs.alertReport },
    ME,
  ],
  'grid-worker': [
    BOARD,
    { page: 'checkTasks', icon: 'checkIn', title: (words) => words.staffTabs.checkTasks },
    RAISE_FOR,
    ME,
  ],
};

/** The few pages that stand at the bottom of the screen for this role. */
export const tabsOf = (role: Role): readonly Tab[] => BY_ROLE[role];

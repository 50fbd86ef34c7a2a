import Taro from '@tarojs/taro';
import type { Role } from '../../../shared/contracts/roles.ts';
import { sessionStore } from './session.ts';

/** Every page by name. Those of the tabs are in the main package; the others in the subpackage of who uses them. */
const pages = {
  home: '/pages/home/index',
  order: '/pages/order/index',
  orders: '/pages/orders/index',
  me: '/pages/me/index',
  signIn: '/pages/sign-in/index',
  sos: '/pages/sos/index',
  bind: '/packages/family/bind/index',
  elder: '/packages/family/elder/index',
  pause: '/packages/family/pause/index',
  consents: '/packages/family/consents/index',
  accessLog: '/packages/family/access-log/index',
  dishes: '/packages/family/dishes/index',
  confirm: '/packages/family/confirm/index',
  ordered: '/packages/family/ordered/index',
  mealOrder: '/packages/family/meal-order/index',
  changeOrder: '/packages/family/change-order/index',
  standing: '/packages/family/standing/index',
  newStanding: '/packages/family/new-standing/index',
  alert: '/packages/family/alert/index',
  alerts: '/packages/family/alerts/index',
  inbox: '/packages/family/inbox/index',
  contacts: '/packages/family/contacts/index',
  contact: '/packages/family/contact/index',
  reach: '/packages/family/reach/index',
  healthNotes: '/packages/family/health-notes/index',
  elderDevices: '/packages/family/devices/index',
  today: '/packages/staff/today/index',
  checkIn: '/packages/staff/check-in/index',
  kitchen: '/packages/staff/kitchen/index',
  staffOrder: '/packages/staff/order/index',
  staffMany: '/packages/staff/many/index',
  people: '/packages/staff/people/index',
  person: '/packages/staff/person/index',
  editPerson: '/packages/staff/edit-person/index',
  careRecord: '/packages/staff/care-record/index',
  importElders: '/packages/staff/import/index',
  menu: '/packages/staff/menu/index',
  editMenu: '/packages/staff/edit-menu/index',
  figures: '/packages/staff/figures/index',
  team: '/packages/staff/team/index',
  board: '/packages/duty/board/index',
  dutyAlert: '/packages/duty/alert/index',
  raiseFor: '/packages/duty/raise/index',
  checkTasks: '/packages/duty/tasks/index',
  devices: '/packages/duty/devices/index',
  openings: '/packages/duty/openings/index',
  alertReport: '/packages/duty/report/index',
} as const;
export type PageName = keyof typeof pages;

const TABS: readonly PageName[] = ['home', 'order', 'orders', 'me'];

type Params = Readonly<Record<string, string | undefined>>;

function urlOf(page: PageName, params: Params = {}): string {
  const query = Object.entries(params)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${encodeURIComponent(value ?? '')}`)
    .join('&');
  return query === '' ? pages[page] : `${pages[page]}?${query}`;
}

const ignore = (): void => undefined;

/** WeChat holds ten pages and opens no eleventh: then the new one takes the place of the last. */
const MOST_PAGES = 10;
type Opens = (to: { url: string }) => Promise<unknown>;
const opens = (): Opens => (Taro.getCurrentPages().length < MOST_PAGES ? Taro.navigateTo : Taro.redirectTo);

/** Goes to a page. A tab takes the place of everything that is open. */
export function open(page: PageName, params?: Params): void {
  if (TABS.includes(page)) void Taro.switchTab({ url: urlOf(page) }).catch(ignore);
  else void opens()({ url: urlOf(page, params) }).catch(ignore);
}

/** Goes to a page that takes the place of this one: going back leads to where the person was before. */
export function replace(page: PageName, params?: Params): void {
  if (TABS.includes(page)) open(page);
  else void Taro.redirectTo({ url: urlOf(page, params) }).catch(ignore);
}

/**
 * Goes to the page of an alert that was raised on this phone. That page is in a subpackage, which WeChat may not have fetched yet
 * and cannot fetch without a connection: then to the page of the emergency button, which is always there.
 */
export function openAlert(alertId: string, how: 'open' | 'replace' = 'open'): void {
  const go: Opens = how === 'open' ? opens() : Taro.redirectTo;
  void go({ url: urlOf('alert', { alertId }) })
    .catch(() => go({ url: urlOf('sos', { alertId }) }))
    .catch(ignore);
}

/** Goes to a page after which there is no way back: signing in and out, and the tabs of staff. */
export function restartAt(page: PageName, params?: Params): void {
  void Taro.reLaunch({ url: urlOf(page, params) }).catch(ignore);
}

export function goBack(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack().catch(ignore);
  else restartAt(firstPageOf(sessionStore.get()?.person.role ?? 'family'));
}

/** What the page was opened with. */
export const usePageParams = (): Readonly<Record<string, string | undefined>> => {
  const { params } = Taro.useRouter();
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => [key, value === undefined ? undefined : decode(value)]),
  );
};

/** WeChat hands parameters over as they stand in the address; the web's router decodes them. */
function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** To the page of an alert, by a link that a message brought: of the family, or of those on duty. There is no way back from it but home. */
export function restartAtAlert(alertId: string, role: Role): void {
  restartAt(role === 'elder' || role === 'family' ? 'alert' : 'dutyAlert', { alertId });
}

/** Nobody is signed in: goes to the sign-in page, which leads to the alert of this page afterwards, if it is one's. */
export function useSignInFirst(): () => void {
  const { path = '', params } = Taro.useRouter();
  const isAlert = [pages.alert, pages.dutyAlert].some((page) => path.startsWith(page));
  return () => restartAt('signIn', isAlert ? { alertId: params.alertId } : undefined);
}

/** Where a person's day begins. */
export function firstPageOf(role: Role): PageName {
  if (role === 'elder' || role === 'family') return 'home';
  return role === 'dispatcher' || role === 'grid-worker' ? 'board' : 'today';
}

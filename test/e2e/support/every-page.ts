import { addDays, dateInChina, toInstant } from '../../../shared/values/dates.ts';
import type { House } from './house.ts';

type PageLine = readonly [title: string, path: string];

const tomorrow = addDays(dateInChina(toInstant(Date.now())), 1);

interface Demo {
  readonly elderIds?: readonly string[];
  readonly canteenId?: string;
}
export const demoOf = (house: House, code: string): Demo =>
  house.cloud.people.find(({ wechatCode }) => wechatCode === code) as Demo;
const idsIn = (house: House) => ({
  elderId: demoOf(house, 'north-city-daughter').elderIds?.[0] ?? '',
  canteenId: demoOf(house, 'north-city-canteen').canteenId ?? '',
});

/** The pages of families, with what each is opened with. */
export const familyPages = (house: House): readonly PageLine[] => {
  const { elderId, canteenId } = idsIn(house);
  const meal = `elderId=${elderId}&canteenId=${canteenId}&date=${tomorrow}&sitting=lunch`;
  return [
    ['home', '/pages/home/index'],
    ['order', '/pages/order/index'],
    ['orders', '/pages/orders/index'],
    ['me', '/pages/me/index'],
    ['bind', '/packages/family/bind/index'],
    ['elder', `/packages/family/elder/index?elderId=${elderId}`],
    ['pause', `/packages/family/pause/index?elderId=${elderId}`],
    ['consents', `/packages/family/consents/index?elderId=${elderId}`],
    ['access-log', `/packages/family/access-log/index?elderId=${elderId}`],
    ['dishes', `/packages/family/dishes/index?${meal}`],
    ['standing', `/packages/family/standing/index?elderId=${elderId}`],
    ['new-standing', `/packages/family/new-standing/index?elderId=${elderId}`],
    ['sos', '/pages/sos/index'],
    ['inbox', '/packages/family/inbox/index'],
    ['alerts', `/packages/family/alerts/index?elderId=${elderId}`],
    ['contacts', `/packages/family/contacts/index?elderId=${elderId}`],
    ['contact', `/packages/family/contact/index?elderId=${elderId}`],
    ['reach', '/packages/family/reach/index'],
    ['health-notes', `/packages/family/health-notes/index?elderId=${elderId}`],
    ['elder-devices', `/packages/family/devices/index?elderId=${elderId}`],
  ];
};
/** The pages of communities and canteens. */
export const staffPages = (house: House): readonly PageLine[] => {
  const { elderId, canteenId } = idsIn(house);
  const sitting = `canteenId=${canteenId}&date=${tomorrow}&sitting=lunch`;
  return [
    ['today', '/packages/staff/today/index'],
    ['check-in', '/packages/staff/check-in/index'],
    ['kitchen', `/packages/staff/kitchen/index?${sitting}`],
    ['staff-order', '/packages/staff/order/index'],
    ['many', '/packages/staff/many/index'],
    ['people', '/packages/staff/people/index'],
    ['person', `/packages/staff/person/index?elderId=${elderId}`],
    ['edit-person', `/packages/staff/edit-person/index?elderId=${elderId}`],
    ['care-record', `/packages/staff/care-record/index?elderId=${elderId}`],
    ['import', '/packages/staff/import/index'],
    ['menu', '/packages/staff/menu/index'],
    ['edit-menu', `/packages/staff/edit-menu/index?${sitting}`],
    ['figures', '/packages/staff/figures/index'],
    ['team', '/packages/staff/team/index'],
  ];
};

/** The pages of those on duty. */
export const DUTY_PAGES: readonly PageLine[] = [
  ['board', '/packages/duty/board/index'],
  ['raise', '/packages/duty/raise/index'],
  ['tasks', '/packages/duty/tasks/index'],
  ['devices', '/packages/duty/devices/index'],
  ['report', '/packages/duty/report/index'],
];
/** Only the district reviews who opened health notes. */
export const DISTRICT_PAGES: readonly PageLine[] = [['openings', '/packages/duty/openings/index']];

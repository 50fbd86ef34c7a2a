import { randomInt } from 'node:crypto';
import type { RouteName } from '../../../shared/routes.ts';
import { aCanteen, aSittingForm } from '../../support/a-town.ts';
import { daysFromToday, today } from '../support/cloud.ts';
import type { Parts } from '../support/http.ts';
import { alertRows } from './alert-rows.ts';
import { ofCommunity, ofElder, type Row } from './row.ts';
import type { World } from './worlds.ts';

const evidence = { kind: '残疾人证' };
const ofSitting = ({ canteenId, orders }: World): Parts => ({
  params: { canteenId, date: orders.ahead.date, sitting: 'lunch' },
});
const ofOrder = (which: keyof World['orders'], body?: unknown) => (world: World) => ({
  params: { orderId: world.orders[which].orderId },
  ...(body !== undefined && { body }),
});
const days = () => ({ from: today(), to: daysFromToday(2) });

const aPlacing = ({ elder, canteenId }: World) => ({
  elderId: elder.elderId,
  canteenId,
  date: daysFromToday(2),
  sitting: 'lunch',
  slotId: 'early',
  eating: 'dine-in',
  dishIds: ['beef', 'rice'],
});
/** The elder's form as it stands, with another address: an edit. */
const anEdit = ({ elder }: World) => {
  const { name, sex, birthDate, area, localHousehold, allergens, diets, rev } = elder;
  return { name, sex, birthDate, area, localHousehold, allergens, diets, rev, address: '滨河路2号' };
};
const aCook = ({ community, canteenId, newPhone }: World) => ({
  name: '新厨师',
  phone: newPhone,
  role: 'canteen-staff',
  area: community,
  canteenId,
});

/** One row for each route: a route without one does not compile, and fails the test. */
export const rows = {
  signIn: { asks: ({ n }) => ({ body: { by: 'wechat', code: `guest-${n}` } }) },
  requestOneTimeCode: { asks: ({ newPhone }) => ({ body: { phone: newPhone } }) },
  whoAmI: { asks: () => ({}) },
  nameMyself: { asks: () => ({ body: { name: '王小梅' } }) },
  askOwnPhone: { asks: ({ newPhone }) => ({ body: { phone: newPhone } }) },
  // WeChat's code holds once, and a number is one person's.
  putOwnPhone: { asks: () => ({ body: { by: 'wechat', code: `phone-13${randomInt(1e8, 1e9)}` } }) },
  signOut: { asks: () => ({}) },
  putStaff: { asks: (world) => ({ params: { personId: world.newId }, body: aCook(world) }) },
  removeStaff: { asks: ({ cookId }) => ({ params: { personId: cookId } }) },
  listStaff: { asks: ofCommunity },

  listMyElders: { asks: () => ({}) },
  listElders: { asks: ofCommunity },
  getElder: { asks: ofElder },
  putElder: { asks: (world) => ({ ...ofElder(world), body: anEdit(world) }) },
  importElders: {
    asks: (world) => ({
      ...ofCommunity(world),
      body: { csv: '姓名,性别,出生日期,网格,地址\n新老人,女,1940-02-03,001,滨河路3号\n', dryRun: false },
    }),
  },
  getCareRecord: { asks: (world) => ({ ...ofElder(world), query: { reason: 'visit' } }) },
  putTag: {
    asks: ({ elder }) => ({
      params: { elderId: elder.elderId, tag: 'disabled' },
      body: { grade: 2, evidence, since: '2020-01-01' },
    }),
  },
  putAbility: {
    asks: (world) => ({ ...ofElder(world), body: { level: 'mild', assessedOn: '2026-01-01', evidence } }),
  },
  getAccessLog: { asks: ofElder },
  pauseMeals: {
    asks: (world) => ({
      ...ofElder(world),
      body: { reason: 'travel', from: daysFromToday(20), until: daysFromToday(22) },
    }),
  },
  resumeMeals: { asks: ofElder },
  recordDeath: { asks: (world) => ({ ...ofElder(world), body: { diedOn: today() } }) },
  makeBindingCode: { asks: ofElder },
  bind: {
    asks: ({ bindingCode }) => ({
      body: { code: bindingCode, name: '王小梅', relation: 'other', consents: ['care-services'] },
    }),
  },
  listBindings: { asks: ofElder },
  unbind: { asks: ({ elder, memberId }) => ({ params: { elderId: elder.elderId, personId: memberId } }) },
  putConsent: {
    asks: ({ elder }) => ({
      params: { elderId: elder.elderId, purpose: 'address-to-delivery' },
      body: { granted: false },
    }),
  },

  listCanteens: { asks: ofCommunity },
  putCanteen: {
    asks: ({ canteenId, community }) => {
      const { canteenId: _, ...form } = aCanteen({ area: community, phone: '0931-7654321' });
      return { params: { canteenId }, body: form };
    },
  },
  listSittings: { asks: ({ canteenId }) => ({ params: { canteenId }, query: days() }) },
  putSitting: { asks: (world) => ({ ...ofSitting(world), body: aSittingForm({ rev: 1, open: false }) }) },
  quoteMeal: {
    asks: (world) => {
      const { elderId, canteenId, date, sitting, eating } = aPlacing(world);
      return { query: { elderId, canteenId, date, sitting, eating } };
    },
  },
  placeMealOrder: { asks: (world) => ({ params: { orderId: world.newId }, body: aPlacing(world) }) },
  placeMealOrders: {
    asks: (world) => ({ body: { orders: [{ orderId: world.newId, ...aPlacing(world) }] } }),
    refusedInside: ({ json }) => json?.answers?.[0]?.refusal?.code,
  },
  getMealOrder: { asks: ofOrder('ahead') },
  changeMealOrder: { asks: ofOrder('ahead', { rev: 1, slotId: 'late' }) },
  cancelMealOrder: { asks: ofOrder('ahead', { reason: '不在家' }) },
  listElderMealOrders: { asks: (world) => ({ ...ofElder(world), query: days() }) },
  listStandingOrders: { asks: ofElder },
  putStandingOrder: {
    asks: ({ elder, canteenId, newId }) => ({
      params: { elderId: elder.elderId, standingOrderId: newId },
      body: {
        canteenId,
        sitting: 'lunch',
        weekdays: [1, 3],
        slotId: 'early',
        eating: 'pickup',
        from: daysFromToday(30),
      },
    }),
  },
  stopStandingOrder: {
    asks: ({ elder, standingOrderId }) => ({ params: { elderId: elder.elderId, standingOrderId } }),
  },
  listSittingOrders: { asks: ofSitting },
  checkIn: { asks: ofOrder('today', { by: 'name' }) },
  undoCheckIn: { asks: ofOrder('served') },
  getKitchenSheet: { asks: ofSitting },
  getKitchenSheetCsv: { asks: ofSitting },
  getMealFigures: { asks: (world) => ({ ...ofCommunity(world), query: days() }) },
  getOpenApi: { asks: () => ({}) },

  ...alertRows,
} as const satisfies Record<RouteName, Row>;

import * as z from 'zod/mini';
import { CanteenForm, CanteenView, SittingForm, SittingName, SittingView } from '../contracts/canteens.ts';
import { KitchenSheet, MealFiguresReport } from '../contracts/kitchen.ts';
import {
  CancelMealOrder,
  ChangeMealOrder,
  CheckIn,
  MealOrderAnswers,
  MealOrderView,
  MealQuoteQuery,
  PlaceMealOrder,
  PlaceMealOrders,
  SittingOrderRow,
  StandingOrderForm,
  StandingOrderView,
} from '../contracts/meal-orders.ts';
import { Quote } from '../contracts/quote.ts';
import { ROLES } from '../contracts/roles.ts';
import { CSV, route } from '../route.ts';
import { AreaCode, CommunityCode } from '../values/areas.ts';
import { IsoDate } from '../values/dates.ts';
import { Cursor, Slug, Uuid } from '../values/ids.ts';
import { line } from '../values/text.ts';

const STAFF = ['community-staff', 'district-staff'] as const;
const CANTEEN = ['canteen-staff', ...STAFF] as const;
const OWN = ['elder', 'family'] as const;
const canteen = z.strictObject({ canteenId: Slug });
const order = z.strictObject({ orderId: Uuid });
const elder = z.strictObject({ elderId: Uuid });
const sittingOf = z.strictObject({ canteenId: Slug, date: IsoDate, sitting: SittingName });
const standing = z.strictObject({ elderId: Uuid, standingOrderId: Uuid });

const PLACING = [
  'slot-full',
  'already-ordered',
  'price-changed',
  'past-closing-time',
  'sitting-not-open',
  'slot-unknown',
  'not-on-menu',
  'eating-not-offered',
  'canteen-elsewhere',
  'diet-clash',
  'elder-died',
  'elder-paused',
  'consent-required',
  'reason-required',
  'no-policy',
  'busy',
] as const;

export const mealRoutes = {
  listCanteens: route('GET /areas/{area}/canteens', {
    feature: 'meals',
    summary: 'The canteens of a district, or of one community in it',
    role: ROLES,
    relation: 'none',
    standing: 'recent',
    params: z.strictObject({ area: AreaCode }),
    reply: z.strictObject({ canteens: z.array(CanteenView) }),
  }),
  putCanteen: route('PUT /canteens/{canteenId}', {
    feature: 'meals',
    summary: 'Set up a canteen (rev 0) or change one',
    role: STAFF,
    relation: 'canteen',
    params: canteen,
    body: CanteenForm,
    reply: CanteenView,
    refusals: ['rev-stale', 'id-reused'],
  }),
  listSittings: route('GET /canteens/{canteenId}/sittings', {
    feature: 'meals',
    summary: 'The published sittings of some days (31 at most), with menus and what is left of each slot',
    role: ROLES,
    relation: 'none',
    standing: 'recent',
    params: canteen,
    query: z.strictObject({ from: IsoDate, to: IsoDate }),
    reply: z.strictObject({ canteen: CanteenView, sittings: z.array(SittingView) }),
  }),
  putSitting: route('PUT /canteens/{canteenId}/sittings/{date}/{sitting}', {
    feature: 'meals',
    summary: 'Publish or change the menu and slots of one sitting',
    role: CANTEEN,
    relation: 'canteen',
    params: sittingOf,
    body: SittingForm,
    reply: SittingView,
    refusals: ['rev-stale', 'sitting-not-open'],
  }),
  quoteMeal: route('GET /meal-quotes', {
    feature: 'meals',
    summary: 'What a meal costs this elder on that day, who pays, and why',
    role: [...OWN, ...STAFF],
    relation: 'elder',
    standing: 'recent',
    query: MealQuoteQuery,
    reply: Quote,
    refusals: ['sitting-not-open', 'no-policy', 'elder-died', 'elder-paused', 'canteen-elsewhere', 'consent-required'],
  }),
  placeMealOrder: route('PUT /meal-orders/{orderId}', {
    feature: 'meals',
    summary: 'Order a meal; sending the same again gets the first answer with `Idempotency-Replayed: true`',
    role: [...OWN, ...STAFF],
    relation: 'elder',
    standing: 'recent',
    params: order,
    body: PlaceMealOrder,
    reply: MealOrderView,
    refusals: [...PLACING, 'id-reused'],
  }),
  placeMealOrders: route('POST /meal-orders', {
    feature: 'meals',
    summary: 'Order up to 100 meals for elders of the community, with an answer for each',
    role: STAFF,
    relation: 'elder',
    body: PlaceMealOrders,
    reply: MealOrderAnswers,
  }),
  getMealOrder: route('GET /meal-orders/{orderId}', {
    feature: 'meals',
    summary: 'One order',
    role: [...OWN, ...STAFF, 'canteen-staff'],
    relation: 'elder',
    params: order,
    reply: MealOrderView,
  }),
  changeMealOrder: route('PUT /meal-orders/{orderId}/choices', {
    feature: 'meals',
    summary: 'Change slot, dishes or way of eating',
    role: [...OWN, ...STAFF],
    relation: 'elder',
    params: order,
    body: ChangeMealOrder,
    reply: MealOrderView,
    refusals: [...PLACING, 'rev-stale', 'already-cancelled', 'already-served'],
  }),
  cancelMealOrder: route('PUT /meal-orders/{orderId}/cancellation', {
    feature: 'meals',
    summary: 'Cancel an order; the place in the slot is free again at once',
    role: [...OWN, ...STAFF],
    relation: 'elder',
    params: order,
    body: CancelMealOrder,
    reply: MealOrderView,
    refusals: ['past-closing-time', 'reason-required', 'already-served', 'busy'],
  }),
  listElderMealOrders: route('GET /elders/{elderId}/meal-orders', {
    feature: 'meals',
    summary: 'An elder’s orders of some days, newest day first',
    role: [...OWN, ...STAFF],
    relation: 'elder',
    params: elder,
    query: z.strictObject({ from: IsoDate, to: IsoDate, cursor: Cursor }),
    reply: z.strictObject({ orders: z.array(MealOrderView), cursor: z.optional(z.string()) }),
  }),
  listStandingOrders: route('GET /elders/{elderId}/standing-orders', {
    feature: 'meals',
    summary: 'An elder’s weekly orders',
    role: [...OWN, ...STAFF],
    relation: 'elder',
    params: elder,
    reply: z.strictObject({ standingOrders: z.array(StandingOrderView) }),
  }),
  putStandingOrder: route('PUT /elders/{elderId}/standing-orders/{standingOrderId}', {
    feature: 'meals',
    summary: 'Set up a weekly order; sittings already published are filled at once',
    role: [...OWN, ...STAFF],
    relation: 'elder',
    params: standing,
    body: StandingOrderForm,
    reply: StandingOrderView,
    refusals: ['id-reused', 'slot-unknown', 'eating-not-offered', 'canteen-elsewhere', 'elder-died'],
  }),
  stopStandingOrder: route('DELETE /elders/{elderId}/standing-orders/{standingOrderId}', {
    feature: 'meals',
    summary: 'Stop a weekly order; its orders that can still be cancelled are cancelled',
    role: [...OWN, ...STAFF],
    relation: 'elder',
    params: standing,
    reply: StandingOrderView,
  }),
  listSittingOrders: route('GET /canteens/{canteenId}/sittings/{date}/{sitting}/orders', {
    feature: 'meals',
    summary: 'The orders of a sitting, for check-in; `find` is a part of a name, or the last four digits of a phone',
    role: CANTEEN,
    relation: 'canteen',
    params: sittingOf,
    query: z.strictObject({ find: z.optional(line(40)) }),
    reply: z.strictObject({ orders: z.array(SittingOrderRow) }),
  }),
  checkIn: route('PUT /meal-orders/{orderId}/check-in', {
    feature: 'meals',
    summary: 'The elder has come, or the meal was handed over',
    role: CANTEEN,
    relation: 'canteen',
    standing: 'recent',
    params: order,
    body: CheckIn,
    reply: MealOrderView,
    refusals: ['already-cancelled', 'wrong-day', 'elder-died'],
  }),
  undoCheckIn: route('DELETE /meal-orders/{orderId}/check-in', {
    feature: 'meals',
    summary: 'Take a mistaken check-in back, on the same day',
    role: CANTEEN,
    relation: 'canteen',
    standing: 'recent',
    params: order,
    reply: MealOrderView,
    refusals: ['not-served', 'wrong-day'],
  }),
  getKitchenSheet: route('GET /canteens/{canteenId}/sittings/{date}/{sitting}/kitchen-sheet', {
    feature: 'meals',
    summary: 'What to cook and where to carry it',
    role: CANTEEN,
    relation: 'canteen',
    params: sittingOf,
    reply: KitchenSheet,
  }),
  getKitchenSheetCsv: route('GET /canteens/{canteenId}/sittings/{date}/{sitting}/kitchen-sheet.csv', {
    feature: 'meals',
    summary: 'The orders of the kitchen sheet, a row each, as CSV',
    role: CANTEEN,
    relation: 'canteen',
    params: sittingOf,
    reply: CSV,
  }),
  getMealFigures: route('GET /areas/{area}/meal-figures', {
    feature: 'meals',
    summary: 'Meals of a community by day: how many, for whom, who paid (62 days at most)',
    role: STAFF,
    relation: 'area',
    params: z.strictObject({ area: CommunityCode }),
    query: z.strictObject({ from: IsoDate, to: IsoDate }),
    reply: MealFiguresReport,
  }),
  getOpenApi: route('GET /openapi.json', {
    feature: 'meals',
    summary: 'This API as an OpenAPI 3.1 document',
    role: 'public',
    relation: 'none',
    reply: z.looseObject({}),
  }),
} as const;
export type MealRoutes = typeof mealRoutes;

import type { AlertBoard, AlertView } from '../../../shared/contracts/alerts.ts';
import type { CanteenView, SittingView } from '../../../shared/contracts/canteens.ts';
import type { ElderView } from '../../../shared/contracts/elders.ts';
import type { MealOrderView } from '../../../shared/contracts/meal-orders.ts';
import type { Person, Session } from '../../../shared/contracts/people.ts';
import type { Quote } from '../../../shared/contracts/quote.ts';
import { addDays, instantInChina } from '../../../shared/values/dates.ts';

/** 10:00 on a Monday in China: the clock of the component tests. */
export const NOW = '2026-11-30T02:00:00.000Z';
const TODAY = '2026-11-30';
export const TOMORROW = '2026-12-01';
export const ELDER_ID = '11111111-1111-4111-8111-111111111111';
export const DAUGHTER_ID = '22222222-2222-4222-8222-222222222222';
export const ORDER_ID = '33333333-3333-4333-8333-333333333333';

export const daughter: Person = { personId: DAUGHTER_ID, name: '王小梅', role: 'family' };

export const aSession = (token = 'token-1', person: Person = daughter): Session => ({
  token,
  expiresAt: '2026-11-30T03:00:00.000Z',
  refreshToken: `refresh-of-${token}`.padEnd(43, '0'),
  person,
});

export const anElder = (change: Partial<ElderView> = {}): ElderView => ({
  elderId: ELDER_ID,
  name: '王建国',
  sex: 'male',
  birthDate: '1944-03-08',
  phone: '13800001234',
  area: '130102001001001',
  address: '和平里 3 号楼 2 单元 501',
  localHousehold: true,
  allergens: ['peanut'],
  diets: ['soft', 'low-salt'],
  absence: null,
  diedOn: null,
  rev: 1,
  ...change,
});

export const aCanteen = (change: Partial<CanteenView> = {}): CanteenView => ({
  canteenId: 'heping',
  name: '和平里老年餐桌',
  area: '130102001001',
  address: '和平里 1 号楼底商',
  phone: '0311-8000001',
  eating: ['dine-in', 'pickup', 'delivery'],
  sittings: {
    lunch: {
      closesAt: '20:00',
      closesDaysBefore: 1,
      slots: [
        { slotId: 'early', from: '11:00', until: '11:30', capacity: 30 },
        { slotId: 'late', from: '11:30', until: '12:00', capacity: 30 },
      ],
    },
  },
  rev: 1,
  ...change,
});

export const aSitting = (date: string, change: Partial<SittingView> = {}): SittingView => ({
  canteenId: 'heping',
  canteenName: '和平里老年餐桌',
  date,
  sitting: 'lunch',
  open: true,
  closesAt: instantInChina(addDays(date, -1), '20:00'),
  eating: ['dine-in', 'pickup', 'delivery'],
  slots: [
    { slotId: 'early', from: '11:00', until: '11:30', capacity: 30, taken: 30, left: 0 },
    { slotId: 'late', from: '11:30', until: '12:00', capacity: 30, taken: 12, left: 18 },
  ],
  dishes: [
    {
      dishId: 'gongbao',
      name: '宫保鸡丁',
      nameEn: 'Kung pao chicken',
      course: 'main',
      allergens: ['peanut', 'soy'],
      suits: [],
    },
    {
      dishId: 'fish',
      name: '清蒸鲈鱼',
      nameEn: 'Steamed bass',
      course: 'main',
      allergens: ['fish'],
      suits: ['low-salt', 'soft'],
    },
    {
      dishId: 'tofu',
      name: '家常豆腐',
      nameEn: 'Tofu',
      course: 'side',
      allergens: ['soy'],
      suits: ['soft', 'vegetarian'],
    },
    { dishId: 'greens', name: '蒜蓉油菜', nameEn: 'Greens', course: 'side', allergens: [], suits: ['vegetarian'] },
    { dishId: 'egg-soup', name: '紫菜蛋花汤', nameEn: 'Egg soup', course: 'soup', allergens: ['egg'], suits: ['soft'] },
    {
      dishId: 'rice',
      name: '软米饭',
      nameEn: 'Soft rice',
      course: 'staple',
      allergens: [],
      suits: ['soft', 'vegetarian'],
    },
  ],
  choose: { main: 1, side: 1, soup: 1, staple: 1 },
  rev: 1,
  ...change,
});

export const aQuote = (on = TOMORROW, change: Partial<Quote> = {}): Quote => ({
  policy: { id: 'north-city', version: '2026-1' },
  item: 'lunch',
  on,
  tier: { code: 'yi', name: { zh: '乙类', en: 'tier B' } },
  price: 1400,
  deliveryFee: 0,
  shares: { person: 200, government: 900, charity: 200, enterprise: 100, voucher: 0 },
  legs: [
    { payer: 'person', party: 'person', name: { zh: '自己', en: 'the elder' }, amount: 200 },
    { payer: 'government', party: 'district', name: { zh: '区民政局', en: 'district' }, amount: 900 },
    { payer: 'charity', party: 'charity', name: { zh: '慈善', en: 'charity' }, amount: 200 },
    { payer: 'enterprise', party: 'enterprise', name: { zh: '企业', en: 'enterprise' }, amount: 100 },
  ],
  because: [
    {
      rule: 'tier-ding',
      outcome: 'lost',
      text: { zh: '60 岁以上有用餐需要的，付 6 元。', en: 'Anybody over 60 with a need pays 6 yuan.' },
    },
    {
      rule: 'tier-jia',
      outcome: 'not-met',
      text: {
        zh: '没有登记特困或三无，所以不是免费。',
        en: 'Not registered as destitute or without support, so not free.',
      },
    },
    {
      rule: 'tier-yi',
      outcome: 'applied',
      text: { zh: '满 80 岁，按乙类付 2 元。', en: 'At 80 and over, tier B pays 2 yuan.' },
      source: '市老年餐桌管理办法第七条',
    },
  ],
  ...change,
});

export const anOrder = (change: Partial<MealOrderView> = {}): MealOrderView => ({
  orderId: ORDER_ID,
  elderId: ELDER_ID,
  elderName: '王建国',
  canteenId: 'heping',
  canteenName: '和平里老年餐桌',
  date: TOMORROW,
  sitting: 'lunch',
  slot: { slotId: 'late', from: '11:30', until: '12:00' },
  eating: 'dine-in',
  dishes: [
    { dishId: 'fish', name: '清蒸鲈鱼', course: 'main' },
    { dishId: 'rice', name: '软米饭', course: 'staple' },
  ],
  state: 'placed',
  quote: aQuote(),
  dietClashConfirmed: false,
  closesAt: instantInChina(TODAY, '20:00'),
  standingOrderId: null,
  steps: [{ at: NOW, what: 'placed', personId: DAUGHTER_ID, role: 'family' }],
  rev: 1,
  ...change,
});

/** The board as the server answers it: with nothing behind these. */
export const aBoard = (at: string, alerts: readonly AlertView[]): AlertBoard => ({
  at,
  alerts: [...alerts],
  open: alerts.length,
  waiting: alerts.filter(({ waitingSince }) => waitingSince !== undefined).length,
  unverified: alerts.filter(({ unverified }) => unverified).length,
});

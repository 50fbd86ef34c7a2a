import type { BindingView, ElderView } from '../../../shared/contracts/elders.ts';
import type { MealOrderView, StandingOrderView } from '../../../shared/contracts/meal-orders.ts';
import type { Person } from '../../../shared/contracts/people.ts';
import { addDays } from '../../../shared/values/dates.ts';
import { alertHandlers, noAlerts } from './alerts.ts';
import { createFakeApi, type Handlers, refused } from './fake-api.ts';
import { aCanteen, anElder, anOrder, aQuote, aSession, aSitting, daughter, ELDER_ID, NOW } from './sample.ts';

interface TownOptions {
  readonly person?: Person;
  readonly elders?: readonly ElderView[];
  readonly orders?: readonly MealOrderView[];
  /** Instant in UTC. */
  readonly now?: () => string;
}

/** One family, one canteen, one elder, kept in memory: enough for every page of families and elders. */
export function smallTown({ person = daughter, elders = [anElder()], orders = [], now = () => NOW }: TownOptions = {}) {
  const state = {
    elders: [...elders],
    orders: [...orders],
    standing: [] as StandingOrderView[],
    person,
    consents: { templateId: 'template-of-alerts', left: 0 },
    /** Consents that were counted. */
    counted: [] as (string | undefined)[],
    alerts: noAlerts(),
    binding: {
      elderId: elders[0]?.elderId ?? ELDER_ID,
      personId: person.personId,
      name: person.name,
      relation: 'daughter',
      boundAt: NOW,
      consents: [
        { purpose: 'care-services', givenAt: NOW, withdrawnAt: null },
        { purpose: 'diet-to-canteen', givenAt: NOW, withdrawnAt: null },
      ],
    } as BindingView,
  };
  const elderOf = (elderId: string | undefined) => state.elders.find((one) => one.elderId === elderId);
  const replaceElder = (elderId: string | undefined, change: Partial<ElderView>) => {
    state.elders = state.elders.map((one) => (one.elderId === elderId ? { ...one, ...change } : one));
    return elderOf(elderId) ?? refused('not-found');
  };
  const changeOrder = (orderId: string | undefined, change: (order: MealOrderView) => Partial<MealOrderView>) => {
    state.orders = state.orders.map((one) =>
      one.orderId === orderId ? { ...one, ...change(one), rev: one.rev + 1 } : one,
    );
    return state.orders.find((one) => one.orderId === orderId) ?? refused('not-found');
  };
  const quoteFor = (on: string, eating: string) =>
    eating === 'delivery'
      ? aQuote(on, {
          price: 1600,
          deliveryFee: 200,
          shares: { person: 400, government: 900, charity: 200, enterprise: 100, voucher: 0 },
        })
      : aQuote(on);

  const handlers: Handlers = {
    ...alertHandlers(state.alerts, person),
    signIn: () => aSession('token-1', person),
    signOut: () => ({}),
    getMessageConsents: () => state.consents,
    putMessageConsent: ({ params }) => {
      if (!state.counted.includes(params.consentId)) state.consents.left += 1;
      state.counted.push(params.consentId);
      return { ...state.consents };
    },
    askOwnPhone: ({ body }) => ({
      sentTo: `${body.phone.slice(0, 3)}****${body.phone.slice(-4)}`,
      expiresInSeconds: 300,
    }),
    putOwnPhone: ({ body }) => {
      if (body.code === '000000') return refused('one-time-code-wrong');
      state.person = { ...state.person, phone: body.by === 'text' ? body.phone : body.code.replace('phone-', '') };
      return state.person;
    },
    nameMyself: ({ body }) => {
      state.person = { ...state.person, name: body.name };
      return state.person;
    },
    requestOneTimeCode: ({ body }) => ({
      sentTo: `${body.phone.slice(0, 3)}****${body.phone.slice(-4)}`,
      expiresInSeconds: 300,
    }),
    listMyElders: () => ({ elders: state.elders }),
    getElder: ({ params }) => elderOf(params.elderId) ?? refused('not-found'),
    listCanteens: () => ({
      canteens: [
        aCanteen(),
        aCanteen({ canteenId: 'donghu', name: '东湖长者食堂', area: '130102001002', address: '东湖路 8 号' }),
      ],
    }),
    listSittings: ({ params, query }) => {
      const sittings = [];
      for (let date = query.from ?? ''; date <= (query.to ?? ''); date = addDays(date, 1)) {
        sittings.push(aSitting(date, { canteenId: params.canteenId ?? '' }));
      }
      return { canteen: aCanteen({ canteenId: params.canteenId ?? '' }), sittings };
    },
    quoteMeal: ({ query }) => quoteFor(query.date ?? '', query.eating ?? ''),
    placeMealOrder: ({ params, body }) => {
      const order = anOrder({
        ...body,
        orderId: params.orderId ?? '',
        slot:
          body.slotId === 'late'
            ? { slotId: 'late', from: '11:30', until: '12:00' }
            : { slotId: 'early', from: '11:00', until: '11:30' },
        dishes: aSitting(body.date)
          .dishes.filter((dish) => body.dishIds.includes(dish.dishId))
          .map(({ dishId, name, course }) => ({ dishId, name, course })),
        quote: quoteFor(body.date, body.eating),
        closesAt: aSitting(body.date).closesAt,
        steps: [{ at: now(), what: 'placed', personId: person.personId, role: person.role }],
      });
      const { slotId: _, dishIds: __, seenCopay: ___, ...view } = order as MealOrderView & Record<string, unknown>;
      const already = state.orders.find((one) => one.orderId === params.orderId);
      if (already) return already;
      if (state.orders.some((one) => one.date === body.date && one.state === 'placed'))
        return refused('already-ordered');
      state.orders.push(view as MealOrderView);
      return view;
    },
    getMealOrder: ({ params }) => state.orders.find((one) => one.orderId === params.orderId) ?? refused('not-found'),
    changeMealOrder: ({ params, body }) =>
      changeOrder(params.orderId, (order) => ({
        ...(body.eating ? { eating: body.eating, quote: quoteFor(order.date, body.eating) } : {}),
        steps: [...order.steps, { at: now(), what: 'changed', personId: person.personId, role: person.role }],
      })),
    cancelMealOrder: ({ params }) =>
      changeOrder(params.orderId, (order) => ({
        state: 'cancelled',
        steps: [...order.steps, { at: now(), what: 'cancelled', personId: person.personId, role: person.role }],
      })),
    listElderMealOrders: ({ params, query }) => ({
      orders: state.orders
        .filter(
          (one) => one.elderId === params.elderId && one.date >= (query.from ?? '') && one.date <= (query.to ?? ''),
        )
        .sort((a, b) => (a.date < b.date ? 1 : -1)),
    }),
    pauseMeals: ({ params, body }) => replaceElder(params.elderId, { absence: body }),
    resumeMeals: ({ params }) => replaceElder(params.elderId, { absence: null }),
    bind: ({ body }) =>
      body.code === '12345678' ? { ...state.binding, name: body.name } : refused('binding-code-wrong'),
    listBindings: () => ({ bindings: [state.binding] }),
    putConsent: ({ params, body }) => {
      const purpose = params.purpose as BindingView['consents'][number]['purpose'];
      const others = state.binding.consents.filter((one) => one.purpose !== purpose);
      state.binding = {
        ...state.binding,
        consents: [...others, { purpose, givenAt: NOW, withdrawnAt: body.granted ? null : now() }],
      };
      return state.binding;
    },
    unbind: () => {
      state.elders = [];
      return {};
    },
    getAccessLog: () => ({
      entries: [
        { at: NOW, personId: person.personId, role: 'community-staff', what: 'care-record', reason: 'assessment' },
      ],
    }),
    listStandingOrders: () => ({ standingOrders: state.standing }),
    putStandingOrder: ({ params, body }) => {
      const order: StandingOrderView = {
        ...body,
        standingOrderId: params.standingOrderId ?? '',
        elderId: params.elderId ?? '',
        canteenName: '和平里老年餐桌',
        stoppedAt: null,
      };
      state.standing.push(order);
      return order;
    },
    stopStandingOrder: ({ params }) => {
      state.standing = state.standing.map((one) =>
        one.standingOrderId === params.standingOrderId ? { ...one, stoppedAt: now() } : one,
      );
      return state.standing.find((one) => one.standingOrderId === params.standingOrderId) ?? refused('not-found');
    },
  };
  return { state, api: createFakeApi(handlers) };
}

import { mealRoutes } from '../../shared/routes/meals.ts';
import { deployedOpenApi } from '../platform/deployed.ts';
import { endpoint } from '../platform/endpoint.ts';
import { env } from '../platform/env.ts';
import { sessionVerifier } from '../platform/who.ts';
import { standingOfPeople } from '../sessions/for-others.ts';
import { cancelOrder } from './cancel-order.ts';
import { listCanteens, listSittings, putCanteen, putSitting } from './canteens.ts';
import { changeOrder } from './change-order.ts';
import { checkIn, undoCheckIn } from './check-in.ts';
import { mealDeps } from './deps.ts';
import { getMealFigures } from './meal-figures.ts';
import { getOrder, listOrdersOfElder } from './order-queries.ts';
import { placeOrder } from './place-order.ts';
import { placeOrders } from './place-orders.ts';
import { quoteMeal } from './quote-meal.ts';
import { getKitchenSheet, getKitchenSheetCsv, listSittingOrders } from './run-sitting.ts';
import { listStandingOrders, putStandingOrder, stopStandingOrder } from './standing-orders.ts';

const { SESSION_PUBLIC_KEY, SESSIONS_TABLE, STAGE } = env('SESSION_PUBLIC_KEY', 'SESSIONS_TABLE', 'STAGE');
const deps = mealDeps();

export const handler = endpoint(
  mealRoutes,
  {
    listCanteens: ({ params }) => listCanteens(deps, params.area),
    putCanteen: ({ params, body, who }) => putCanteen(deps, who, params.canteenId, body),
    listSittings: ({ params, query }) => listSittings(deps, params.canteenId, query),
    putSitting: ({ params, body, who, now }) => putSitting(deps, who, { ...params, form: body, now }),
    quoteMeal: ({ query, who }) => quoteMeal(deps, who, query),
    placeMealOrder: ({ params, body, who, now }) => placeOrder(deps, who, { ...params, form: body, now }),
    placeMealOrders: ({ body, who, now }) => placeOrders(deps, who, body.orders, now),
    getMealOrder: ({ params, who }) => getOrder(deps, who, params.orderId),
    changeMealOrder: ({ params, body, who, now }) => changeOrder(deps, who, { ...params, form: body, now }),
    cancelMealOrder: ({ params, body, who, now }) => cancelOrder(deps, who, { ...params, ...body, now }),
    listElderMealOrders: ({ params, query, who }) => listOrdersOfElder(deps, who, { ...params, ...query }),
    listStandingOrders: ({ params, who }) => listStandingOrders(deps, who, params.elderId),
    putStandingOrder: ({ params, body, who, now }) => putStandingOrder(deps, who, { ...params, form: body, now }),
    stopStandingOrder: ({ params, who, now }) => stopStandingOrder(deps, who, { ...params, now }),
    listSittingOrders: ({ params, query, who }) => listSittingOrders(deps, who, params, query.find),
    checkIn: ({ params, body, who, now }) => checkIn(deps, who, { ...params, form: body, now }),
    undoCheckIn: ({ params, who, now }) => undoCheckIn(deps, who, { ...params, now }),
    getKitchenSheet: ({ params, who, now }) => getKitchenSheet(deps, who, params, now),
    getKitchenSheetCsv: ({ params, who }) => getKitchenSheetCsv(deps, who, params),
    getMealFigures: ({ params, query, now }) => getMealFigures(deps, { ...params, ...query, now }),
    getOpenApi: async () => deployedOpenApi(),
  },
  {
    verify: sessionVerifier({ publicKey: SESSION_PUBLIC_KEY, stage: STAGE }),
    standing: standingOfPeople(deps.db, SESSIONS_TABLE),
  },
);

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchGetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { elderKey, elderUnchanged } from '../../functions/elders/elder-record.ts';
import { mealMonthKey, orderKey, sittingKey } from '../../functions/meals/keys.ts';
import { emptyMonth, putMealMonth, withMeal } from '../../functions/meals/meal-month.ts';
import type { OrderRecord } from '../../functions/meals/order.ts';
import { putNewOrder, readOrder, takePlace } from '../../functions/meals/order-store.ts';
import { compilePolicies } from '../../infra/policies/compile.ts';
import { mealRoutes } from '../../shared/routes/meals.ts';
import { addDays } from '../../shared/values/dates.ts';
import { aCanteen, aLunch, aMealTown, anElder, daughter, id, type MealTown, TODAY } from '../support/a-town.ts';
import { aContext, anHttpEvent } from '../support/http-event.ts';
import { testSessions } from '../support/session.ts';
import { storePerson } from '../support/stored-people.ts';
import { median, round } from './median.ts';

const PAIRS = 600;
const WARM_UP = 150;
/** A day on which ordering is open whenever this runs. */
const DATE = addDays([TODAY, new Date().toISOString().slice(0, 10)].sort().at(-1) ?? TODAY, 5);

/**
 * Places orders through the whole handler (token, parsing, rules, price, answer) and by the very same SDK calls made bare (one
 * batch read of the same four keys, one transaction of the same four steps), in turn, on one engine. Milliseconds for each, and the ratio of the medians.
 */
export async function measureOrder(): Promise<{ order_vs_bare: number; order_ms: number; bare_ms: number }> {
  const town = await aMealTown();
  const folder = mkdtempSync(join(tmpdir(), 'anxin-bench-'));
  try {
    await town.putCanteen(aCanteen());
    const slots = [{ slotId: 'early', from: '11:00', until: '11:40', capacity: 5000 }];
    await town.publish(DATE, 'lunch', { plan: { closesAt: '09:30', closesDaysBefore: 0, slots } });
    const through = await handlerOf(town, folder);
    const template = await firstOrder(town, through);
    const times = { handler: [] as number[], bare: [] as number[] };
    for (let n = 0; n < PAIRS + WARM_UP; n++) {
      // Which of the two goes first changes each time.
      for (const way of n % 2 ? (['handler', 'bare'] as const) : (['bare', 'handler'] as const)) {
        const elderId = id(1000 + n * 2 + (way === 'bare' ? 1 : 0));
        await town.putElder(anElder({ elderId }));
        const start = performance.now();
        await (way === 'handler' ? through(elderId) : bare(town, template, elderId));
        if (n >= WARM_UP) times[way].push(performance.now() - start);
      }
    }
    const [order_ms, bare_ms] = [median(times.handler), median(times.bare)];
    return { order_vs_bare: round(order_ms / bare_ms), order_ms: round(order_ms), bare_ms: round(bare_ms) };
  } finally {
    await town.dynamo.stop();
    rmSync(folder, { recursive: true });
  }
}

/** The deployed handler itself, in this process. */
async function handlerOf(town: MealTown, folder: string) {
  const sessions = testSessions('bench');
  const sessionsTable = await town.dynamo.createTable('sessions');
  await storePerson(town.db, sessionsTable, daughter);
  writeFileSync(join(folder, 'policies.json'), JSON.stringify(compilePolicies()));
  Object.assign(process.env, {
    STAGE: 'bench',
    SESSION_PUBLIC_KEY: sessions.publicKey,
    MEALS_TABLE: town.mealsTable,
    ELDERS_TABLE: town.eldersTable,
    SESSIONS_TABLE: sessionsTable,
    LAMBDA_TASK_ROOT: folder,
  });
  const { handler } = await import('../../functions/meals/api.ts');
  const token = await sessions.token(daughter);
  return async (elderId: string): Promise<void> => {
    const orderId = orderOf(elderId);
    const event = anHttpEvent(mealRoutes.placeMealOrder.key, {
      params: { orderId },
      body: aLunch({ elderId, date: DATE }),
      token,
    });
    const answer = (await handler(event, aContext)) as APIGatewayProxyStructuredResultV2;
    if (answer.statusCode !== 200) throw new Error(`the handler answered ${answer.statusCode}: ${answer.body}`);
  };
}

const orderOf = (elderId: string): string => elderId.replace('8000', '9000');

async function firstOrder(town: MealTown, through: (elderId: string) => Promise<void>): Promise<OrderRecord> {
  const elderId = id(999);
  await town.putElder(anElder({ elderId }));
  await through(elderId);
  const order = await readOrder(town, orderOf(elderId));
  if (!order) throw new Error('the order is gone');
  return order;
}

async function bare({ db, mealsTable, eldersTable }: MealTown, template: OrderRecord, elderId: string): Promise<void> {
  const orderId = orderOf(elderId);
  const Keys = [orderKey(orderId), sittingKey('binhe', DATE, 'lunch'), mealMonthKey(elderId, DATE)];
  await db.send(
    new BatchGetCommand({
      RequestItems: {
        [mealsTable]: { Keys, ConsistentRead: true },
        [eldersTable]: { Keys: [elderKey(elderId)], ConsistentRead: true },
      },
    }),
  );
  const order = { ...template, orderId, elderId };
  const steps = [
    putNewOrder(mealsTable, order),
    takePlace(mealsTable, order),
    putMealMonth(mealsTable, withMeal(emptyMonth(elderId, DATE), DATE, 'lunch', { orderId, subsidy: 1000 })),
    elderUnchanged(eldersTable, anElder({ elderId })),
  ];
  await db.send(new TransactWriteCommand({ TransactItems: steps.map(({ step: _, ...action }) => action) }));
}

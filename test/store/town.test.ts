import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertBoard } from '../../functions/alerts/answer/board.ts';
import { alertReport } from '../../functions/alerts/answer/report.ts';
import { listCheckTasks } from '../../functions/alerts/circle/check-tasks.ts';
import { listContacts } from '../../functions/alerts/circle/contacts.ts';
import { listDevices } from '../../functions/alerts/circle/device-lists.ts';
import { beginDrills } from '../../functions/alerts/circle/drills.ts';
import { getHealthNotes } from '../../functions/alerts/circle/health-notes.ts';
import { raiseOverdueTasks } from '../../functions/alerts/circle/overdue-tasks.ts';
import { onDutyFor } from '../../functions/alerts/circle/people.ts';
import { citiesWithDevices, findSilentDevices } from '../../functions/alerts/circle/silent-devices.ts';
import { readElder } from '../../functions/elders/elder-store.ts';
import { canteensIn, districtsWithCanteens, sittingsBetween, takenOf } from '../../functions/meals/canteen-store.ts';
import { fillAll } from '../../functions/meals/fill-standing-orders.ts';
import { getMealFigures } from '../../functions/meals/meal-figures.ts';
import { placeOrder } from '../../functions/meals/place-order.ts';
import { getKitchenSheet } from '../../functions/meals/run-sitting.ts';
import { settleAll } from '../../functions/meals/settle-sittings.ts';
import { compilePolicies } from '../../infra/policies/compile.ts';
import { type LoadProgress, loadTown } from '../../infra/town/load-town.ts';
import { makeTown } from '../../infra/town/town.ts';
import { compilePolicy } from '../../shared/policy/engine.ts';
import { addDays, instantInChina } from '../../shared/values/dates.ts';
import { done } from '../support/a-town.ts';
import { startDynamo, type TestDynamo } from '../support/dynamodb.ts';

const TODAY = '2026-12-01';
const NOW = instantInChina(TODAY, '10:00');
const town = makeTown({ elders: 160, canteens: 2, seed: 7, today: TODAY });
const tables = {
  eldersTable: 'town-elders',
  mealsTable: 'town-meals',
  sessionsTable: 'town-sessions',
  alertsTable: 'town-alerts',
};

let dynamo: TestDynamo;
let written: Awaited<ReturnType<typeof loadTown>>;
const told: LoadProgress[] = [];
const deps = () => ({ db: dynamo.client, ...tables, policies: compilePolicies().map(compilePolicy) });
const alerts = () => {
  const fails = () => Promise.reject(new Error('nothing is to be told'));
  const queue = 'http://127.0.0.1/queue';
  const channelQueues = { inbox: queue, wechat: queue, sms: queue, voice: queue, partner: queue, canary: queue };
  return { ...deps(), publish: fails, send: fails, channelQueues, pressesQueue: queue, timersQueue: queue };
};
const person = (key: string) => {
  const found = town.people.find(({ wechatCode }) => wechatCode === key);
  if (!found) throw new Error(`nobody signs in as ${key}`);
  return found;
};

beforeAll(async () => {
  dynamo = await startDynamo();
  for (const name of Object.values(tables)) await dynamo.createTable(name);
  written = await loadTown(town, { db: dynamo.client, ...tables, onProgress: (progress) => told.push(progress) });
});
afterAll(() => dynamo.stop());

describe('a loaded town', () => {
  it('has every item that was made, and says how far it is on the way', () => {
    const made = { elders: 0, meals: 0, sessions: 0, alerts: 0 };
    for (const { table } of town.items()) made[table] += 1;
    expect(written).toEqual(made);
    expect(told.at(-1)).toEqual({
      items: made.elders + made.meals + made.sessions + made.alerts,
      elders: 160,
      of: 160,
    });
    expect(told.map(({ items }) => items)).toEqual(told.map(({ items }) => items).toSorted((a, b) => a - b));
  });

  it('is found by the features’ own reads: districts, canteens, elders', async () => {
    expect(await districtsWithCanteens(deps())).toEqual(['139903', '620102']);
    expect((await canteensIn(deps(), '139903')).map(({ canteenId }) => canteenId)).toEqual(['north-001']);
    const father = await readElder(deps(), person('north-city-daughter').elderIds[0] ?? '');
    expect(father).toMatchObject({ name: '王建国', family: [person('north-city-daughter').personId] });
  });

  it('gives the kitchen its sheet for today’s lunch', async () => {
    const { personId, canteenId = '', area = '' } = person('north-city-canteen');
    const who = { personId, role: 'canteen-staff' as const, area, canteenId };
    const sheet = done(await getKitchenSheet(deps(), who, { canteenId, date: TODAY, sitting: 'lunch' }, NOW));
    expect(sheet.byTier.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(3);
  });

  it('has figures of the whole month for its staff', async () => {
    const { area = '' } = person('lanzhou-chengguan-community');
    const report = done(await getMealFigures(deps(), { area, from: addDays(TODAY, -30), to: TODAY, now: NOW }));
    expect(report.days).toHaveLength(31);
    expect(report.sum.served).toBeGreaterThan(100);
    expect(report.sum.shares.person + report.sum.shares.government).toBe(report.sum.total);
  });

  it('lets the daughter order tomorrow’s lunch for her father, who pays 2 yuan', async () => {
    const { personId, elderIds } = person('north-city-daughter');
    const [elderId = ''] = elderIds;
    const date = addDays(TODAY, 1);
    const [lunch] = (await sittingsBetween(deps(), 'north-001', date, date)).filter(
      ({ sitting }) => sitting === 'lunch',
    );
    const main = lunch?.dishes.find(({ course, allergens }) => course === 'main' && !allergens.includes('peanut'));
    const answer = await placeOrder(
      deps(),
      { personId, role: 'family' },
      {
        orderId: '11111111-2222-4333-8444-555555555555',
        now: NOW,
        form: {
          elderId,
          canteenId: 'north-001',
          date,
          sitting: 'lunch',
          slotId: lunch?.slots[1]?.slotId ?? '',
          eating: 'dine-in',
          dishIds: [main?.dishId ?? ''],
          seenCopay: 200,
        },
      },
    );
    expect(done(answer)).toMatchObject({ state: 'placed', quote: { shares: { person: 200 } } });
    const taken = lunch && (await takenOf(deps(), [lunch]))[0];
    const before = [...town.items()].find(({ item }) => item.pk === `SLOT#north-001#${date}#lunch#1140`)?.item.taken;
    expect(taken?.get('1140')).toBe(Number(before) + 1);
  });

  it('lets alerts know its people: whoever calls finds the family, the contacts and those on duty', async () => {
    const { personId, elderIds } = person('lanzhou-chengguan-daughter');
    const [elderId = ''] = elderIds;
    const who = { personId, role: 'family' as const };
    const { contacts } = done(await listContacts(alerts(), who, { elderId, now: NOW }));
    expect(contacts.at(-1)).toMatchObject({ personId, kind: 'family' });
    expect(done(await getHealthNotes(alerts(), who, elderId)).notes).toMatchObject({ bloodType: 'A' });
    const grid = person('lanzhou-chengguan-grid-worker');
    const near = await onDutyFor(alerts(), grid.area ?? '', ['grid-worker', 'community-staff', 'dispatcher']);
    for (const key of ['grid-worker', 'community', 'dispatcher'])
      expect(near).toContain(person(`lanzhou-chengguan-${key}`).personId);
  });

  it('has devices that were heard within the hour; those that are silent are set apart already', async () => {
    const { devices } = done(await listDevices(alerts(), { area: '1399' }));
    expect(devices.length).toBeGreaterThan(5);
    expect(await findSilentDevices(alerts(), NOW)).toBe(0);
    expect(await citiesWithDevices(alerts())).toEqual(['1399', '6201']);
    expect(await beginDrills(alerts(), NOW)).toBe(0);
  });

  it('has somebody for the grid worker to look after within the policy’s time', async () => {
    const { area = '' } = person('north-city-grid-worker');
    const { tasks } = await listCheckTasks(alerts(), { area, now: NOW });
    expect(tasks).toMatchObject([{ why: 'meals-missed', name: '赵玉梅', openedAt: NOW }]);
    expect((tasks[0]?.dueAt ?? '') > NOW).toBe(true);
    expect(await raiseOverdueTasks(alerts(), NOW)).toBe(0);
  });

  it('has months of closed alerts for the report, and none that is open', async () => {
    const { area = '' } = person('lanzhou-chengguan-dispatcher');
    const report = await alertReport(alerts(), { area, month: '2026-11', now: NOW });
    expect(report.byMonth.filter(({ figures }) => figures.alerts > 0).length).toBeGreaterThanOrEqual(4);
    expect(report.total.answered).toBe(report.total.alerts);
    const who = { personId: person('lanzhou-chengguan-dispatcher').personId, role: 'dispatcher' as const, area };
    expect(await alertBoard(alerts(), who, { area, now: NOW })).toMatchObject({ alerts: [], open: 0 });
  });

  it('leaves the schedules nothing that it should have done itself', async () => {
    expect(await settleAll(deps(), NOW)).toEqual({ settled: 0, missed: 0 });
    const filled = await fillAll(deps(), NOW);
    expect(filled.there).toBeGreaterThan(20);
    expect(filled.placed).toBe(0);
  });
});

describe('loading', () => {
  const small = makeTown({ elders: 10, canteens: 2, seed: 3, today: TODAY });

  it('sends again what the database left unprocessed, until all is there', async () => {
    const mock = mockClient(DynamoDBDocumentClient);
    const stored = new Map<string, number>();
    let calls = 0;
    mock.on(BatchWriteCommand).callsFake(({ RequestItems = {} }) => {
      calls += 1;
      const entries = Object.entries(
        RequestItems as Record<string, { PutRequest: { Item: { pk: string; sk: string } } }[]>,
      );
      expect(entries.reduce((sum, [, requests]) => sum + requests.length, 0)).toBeLessThanOrEqual(25);
      // Every third call leaves its last item undone.
      const [table = '', requests = []] = entries[0] ?? [];
      const left = calls % 3 === 0 ? requests.slice(-1) : [];
      for (const [name, all] of entries) {
        for (const request of all) {
          if (left.includes(request)) continue;
          const { pk, sk } = request.PutRequest.Item;
          stored.set(`${name} ${pk} ${sk}`, (stored.get(`${name} ${pk} ${sk}`) ?? 0) + 1);
        }
      }
      return left.length > 0 ? { UnprocessedItems: { [table]: left } } : {};
    });
    const counts = await loadTown(small, { db: dynamo.client, ...tables, pauseMs: 1 });
    mock.restore();
    expect(stored.size).toBe(counts.elders + counts.meals + counts.sessions + counts.alerts);
    expect([...stored.values()].every((times) => times === 1)).toBe(true);
    expect(calls).toBeGreaterThan(stored.size / 25);
  });

  it('gives up with a clear word when the database takes nothing for long', async () => {
    const mock = mockClient(DynamoDBDocumentClient);
    mock.on(BatchWriteCommand).callsFake(({ RequestItems }) => ({ UnprocessedItems: RequestItems }));
    await expect(loadTown(small, { db: dynamo.client, ...tables, pauseMs: 1 })).rejects.toThrow(
      'the database left items unwritten after 10 rounds',
    );
    mock.restore();
  });

  it('fails when a table is missing', async () => {
    await expect(loadTown(small, { db: dynamo.client, ...tables, mealsTable: 'nowhere' })).rejects.toThrow();
  });
});

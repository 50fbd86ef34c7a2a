import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putContact } from '../../../../functions/alerts/circle/contacts.ts';
import { nextDrillAt } from '../../../../functions/alerts/circle/drill-time.ts';
import { beginDrills } from '../../../../functions/alerts/circle/drills.ts';
import { keepCard } from '../../../../functions/alerts/circle/keep-card.ts';
import { watchIn } from '../../../../functions/alerts/circle/watch.ts';
import { cardKey } from '../../../../functions/alerts/keys.ts';
import { addDays, dateInChina, instantInChina, toInstant, weekdayOf } from '../../../../shared/values/dates.ts';
import { daughter, GRID, id, NOW, staff, TODAY } from '../../../support/a-town.ts';
import { aCircleDesk, anElderTold, type CircleDesk } from '../../../support/circle-desk.ts';

let desk: CircleDesk;
beforeAll(async () => {
  desk = await aCircleDesk();
});
afterAll(() => desk.dynamo.stop());

const drillsOf = (elderId: string) => desk.presses.filter((press) => press.elderId === elderId);
/** Runs as the schedule does, each quarter of an hour of some days. */
async function runDays(from: string, days: number): Promise<void> {
  for (let day = 0; day < days; day++)
    for (let hour = 8; hour < 18; hour++)
      for (const minute of ['00', '15', '30', '45'])
        await beginDrills(desk, instantInChina(addDays(from, day), `${String(hour).padStart(2, '0')}:${minute}`));
}

describe('the drills', () => {
  it('come once a month to each elder whom somebody watches over, on working days and in hours, marked as drill', async () => {
    const elders = Array.from({ length: 12 }, (_, n) => id(100 + n));
    for (const elderId of elders) await keepCard(desk, anElderTold({ elderId }), NOW);
    await runDays(TODAY, 75);
    for (const elderId of elders) {
      const drills = drillsOf(elderId);
      expect(drills.length).toBeGreaterThanOrEqual(2);
      expect(drills.length).toBeLessThanOrEqual(3);
      expect(new Set(drills.map(({ pressId }) => pressId)).size).toBe(drills.length);
      for (const { at, drill, by } of drills) {
        expect([drill, by.role]).toEqual([true, 'system']);
        expect(weekdayOf(dateInChina(at))).toBeLessThanOrEqual(5);
      }
      const [first, second] = drills.map(({ at }) => Date.parse(at) / 86_400_000);
      expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(25);
      expect(await desk.item(cardKey(elderId))).toHaveProperty('lastDrillAt', drills.at(-1)?.at);
    }
  });

  it('pass over who has neither device, contact nor family, and the dead; a contact is enough', async () => {
    const [alone, withContact, dead] = [id(201), id(202), id(203)];
    for (const elderId of [alone, withContact, dead])
      await keepCard(desk, anElderTold({ elderId, family: elderId === dead ? [daughter.personId] : [] }), NOW);
    const form = { kind: 'neighbour', name: '邻居', phone: '19900004444', order: 1 } as const;
    await putContact(desk, staff, { elderId: withContact, contactId: id(2020), form });
    await keepCard(desk, anElderTold({ elderId: dead, rev: 2, diedOn: TODAY }), NOW);
    await runDays(TODAY, 46);
    expect([alone, withContact, dead].map((elderId) => drillsOf(elderId).length > 0)).toEqual([false, true, false]);
    const { gsi1sk } = (await desk.item(cardKey(alone))) ?? {};
    expect(String(gsi1sk) > instantInChina(addDays(TODAY, 45), '00:00')).toBe(true);
  });

  it('count as begun when they are stored, though nothing could be published: the stream brings them, and none comes twice', async () => {
    const elderId = id(301);
    await keepCard(desk, anElderTold({ elderId }), NOW);
    const { drill } = watchIn(desk.policies, GRID, NOW);
    let due = nextDrillAt(elderId, instantInChina(addDays(TODAY, 7), '00:00'), drill);
    while (weekdayOf(dateInChina(due)) > 5) due = toInstant(Date.parse(due) + 86_400_000);
    const down = () => Promise.reject(new Error('down'));
    const run = toInstant(Date.parse(due) + 60_000);
    await beginDrills({ ...desk, publish: down, send: down }, run);
    await beginDrills(desk, run);
    await beginDrills(desk, toInstant(Date.parse(run) + 60_000));
    // Stored the first time: the stream brings it, and nothing is begun twice.
    expect(await desk.item(cardKey(elderId))).toHaveProperty('lastDrillAt', run);
    expect(drillsOf(elderId)).toEqual([]);
  });
});

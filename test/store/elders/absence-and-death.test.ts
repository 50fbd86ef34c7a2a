import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pauseMeals, resumeMeals } from '../../../functions/elders/absence.ts';
import { getElder } from '../../../functions/elders/elder-queries.ts';
import { recordDeath } from '../../../functions/elders/record-death.ts';
import type { Absence } from '../../../shared/contracts/elder-facts.ts';
import { isRefusal } from '../../../shared/contracts/refusal.ts';
import { addDays } from '../../../shared/values/dates.ts';
import { daughter, done, id, NOW, otherStaff, staff, TODAY, TOMORROW } from '../../support/a-town.ts';
import { anEldersDesk, type EldersDesk } from '../../support/elders-desk.ts';

let desk: EldersDesk;
beforeAll(async () => {
  desk = await anEldersDesk();
});
afterAll(() => desk.dynamo.stop());

const inHospital: Absence = { reason: 'hospital', from: TOMORROW, until: addDays(TODAY, 7) };
const pause = (elderId: string, absence = inHospital, who = staff) =>
  pauseMeals(desk, who, { elderId, absence, now: NOW });
const die = (elderId: string, diedOn: string | null, reason?: string, who = staff) =>
  recordDeath(desk, who, { elderId, form: { diedOn, ...(reason !== undefined && { reason }) }, now: NOW });

describe('a pause', () => {
  it('begins and ends; each again changes nothing', async () => {
    await desk.register(id(1), { idNumber: undefined });
    const paused = done(await pause(id(1)));
    expect(paused).toMatchObject({ absence: inHospital, rev: 2 });
    expect(await pause(id(1))).toEqual({ replayed: paused });
    const back = done(await resumeMeals(desk, staff, id(1)));
    expect(back).toMatchObject({ absence: null, rev: 3 });
    expect(await resumeMeals(desk, staff, id(1))).toEqual({ replayed: back });
  });

  it('takes the place of the one before', async () => {
    await desk.register(id(2), { idNumber: undefined });
    done(await pause(id(2)));
    const travel = { reason: 'travel', from: TODAY } as const;
    expect(done(await pause(id(2), travel)).absence).toEqual(travel);
  });

  it('refuses days that are over or the wrong way round', async () => {
    await desk.register(id(3), { idNumber: undefined });
    expect(await pause(id(3), { ...inHospital, until: TODAY })).toMatchObject({
      refused: 'invalid-request',
      details: [{ path: 'body.until' }],
    });
    expect(await pause(id(3), { reason: 'other', from: '2025-01-01' })).toMatchObject({ refused: 'invalid-request' });
  });

  it('refuses who has died, and who is a stranger', async () => {
    await desk.register(id(4), { idNumber: undefined });
    expect(await pause(id(4), inHospital, daughter)).toEqual({ refused: 'forbidden' });
    expect(await pause(id(404))).toEqual({ refused: 'not-found' });
    expect(await resumeMeals(desk, otherStaff, id(4))).toEqual({ refused: 'forbidden' });
    done(await die(id(4), TODAY));
    expect(await pause(id(4))).toEqual({ refused: 'elder-died' });
  });

  it('and its end cannot cross: whichever comes last stands', async () => {
    await desk.register(id(5), { idNumber: undefined });
    done(await pause(id(5)));
    const answers = await Promise.all([
      ...Array.from({ length: 10 }, () => resumeMeals(desk, staff, id(5))),
      ...Array.from({ length: 10 }, () => pause(id(5), { reason: 'travel', from: TODAY })),
    ]);
    const written = answers.filter((answer) => !isRefusal(answer) && !('replayed' in answer)).length;
    expect(done(await getElder(desk, staff, id(5))).rev).toBe(2 + written);
  });
});

describe('a death', () => {
  it('is recorded, and again changes nothing', async () => {
    await desk.register(id(10), { idNumber: undefined });
    const dead = done(await die(id(10), TODAY));
    expect(dead).toMatchObject({ diedOn: TODAY, rev: 2 });
    expect(await die(id(10), TODAY)).toEqual({ replayed: dead });
  });

  it('is taken back, or given another day, with a reason only, which is kept', async () => {
    await desk.register(id(11), { idNumber: undefined });
    done(await die(id(11), TODAY));
    expect(await die(id(11), null)).toMatchObject({ refused: 'reason-required' });
    expect(await die(id(11), addDays(TODAY, -1))).toMatchObject({ refused: 'reason-required' });
    done(await die(id(11), addDays(TODAY, -1), '家属更正'));
    expect(done(await die(id(11), null, '同名误录')).diedOn).toBeNull();
    const { Items = [] } = await desk.db.send(
      new QueryCommand({
        TableName: desk.eldersTable,
        KeyConditionExpression: 'pk = :elder AND begins_with(sk, :death)',
        ExpressionAttributeValues: { ':elder': `ELDER#${id(11)}`, ':death': 'DEATH#' },
      }),
    );
    expect(Items.map(({ diedOn, reason, personId }) => [diedOn, reason, personId])).toEqual(
      expect.arrayContaining([
        [TODAY, undefined, staff.personId],
        [addDays(TODAY, -1), '家属更正', staff.personId],
        [null, '同名误录', staff.personId],
      ]),
    );
  });

  it('refuses a day to come or before birth, and a stranger', async () => {
    await desk.register(id(12), { idNumber: undefined });
    expect(await die(id(12), TOMORROW)).toMatchObject({
      refused: 'invalid-request',
      details: [{ path: 'body.diedOn' }],
    });
    expect(await die(id(12), '1940-01-01')).toMatchObject({ refused: 'invalid-request' });
    expect(await die(id(12), TODAY, undefined, otherStaff)).toEqual({ refused: 'forbidden' });
    expect(await die(id(404), TODAY)).toEqual({ refused: 'not-found' });
  });

  it('of somebody who lives is nothing to take back', async () => {
    await desk.register(id(13), { idNumber: undefined });
    expect(await die(id(13), null)).toMatchObject({ replayed: { diedOn: null, rev: 1 } });
  });
});

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { giveBack, type Limit, takeOne, takeOneOrOpen } from '../../../functions/platform/limiter.ts';
import { toInstant } from '../../../shared/values/dates.ts';
import { NOW } from '../../support/a-town.ts';
import { startDynamo, type TestDynamo } from '../../support/dynamodb.ts';

let dynamo: TestDynamo;
let table: string;
beforeAll(async () => {
  dynamo = await startDynamo();
  table = await dynamo.createTable('limits');
});
afterAll(() => dynamo.stop());

let serial = 0;
const aLimit = (over: Partial<Limit> = {}): Limit => ({
  table,
  key: { pk: `LIMIT#${++serial}`, sk: 'LIMIT' },
  burst: 3,
  everySeconds: 60,
  ...over,
});
const plus = (seconds: number) => toInstant(Date.parse(NOW) + seconds * 1000);

describe('a limit', () => {
  it('gives its burst at once, then one in each interval, and its burst again after a rest', async () => {
    const limit = aLimit();
    const got = async (seconds: number) => takeOne(dynamo.client, limit, plus(seconds));
    expect([await got(0), await got(0), await got(1), await got(2)]).toEqual([true, true, true, false]);
    expect([await got(59), await got(60), await got(61)]).toEqual([false, true, false]);
    expect([await got(1000), await got(1000), await got(1000), await got(1000)]).toEqual([true, true, true, false]);
  });

  it('gives 200 who ask at the same moment no more than its burst, and no fewer', async () => {
    const limit = aLimit({ burst: 7 });
    const got = await Promise.all(Array.from({ length: 200 }, () => takeOne(dynamo.client, limit, NOW)));
    expect(got.filter(Boolean)).toHaveLength(7);
  });

  it('counts each key by itself, and gives back what was taken for nothing', async () => {
    const [limit, other] = [aLimit({ burst: 1 }), aLimit({ burst: 1 })];
    expect(await takeOne(dynamo.client, limit, NOW)).toBe(true);
    expect(await takeOne(dynamo.client, limit, NOW)).toBe(false);
    expect(await takeOne(dynamo.client, other, NOW)).toBe(true);
    await giveBack(dynamo.client, limit);
    expect(await takeOne(dynamo.client, limit, NOW)).toBe(true);
    // What was never taken cannot be given back.
    await giveBack(dynamo.client, aLimit());
  });

  it('never gives more in any stretch of time than its burst and what grew back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ burst: fc.integer({ min: 1, max: 5 }), everySeconds: fc.integer({ min: 1, max: 30 }) }),
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 30 }),
        async (form, pauses) => {
          const limit = aLimit(form);
          const given: number[] = [];
          let at = 0;
          for (const pause of pauses) {
            at += pause;
            if (await takeOne(dynamo.client, limit, plus(at))) given.push(at);
          }
          for (const [index, from] of given.entries())
            for (const [later, until] of given.entries())
              if (later >= index)
                expect(later - index + 1).toBeLessThanOrEqual(
                  form.burst + Math.floor((until - from) / form.everySeconds) + 1e-9,
                );
        },
      ),
      { numRuns: 30 },
    );
  });

  it('limits nothing where somebody may be in need and the table does not answer', async () => {
    const limit = aLimit({ table: 'no-such-table', burst: 1 });
    await expect(takeOne(dynamo.client, limit, NOW)).rejects.toThrow();
    expect(await takeOneOrOpen(dynamo.client, limit, NOW)).toBe(true);
    expect(await takeOneOrOpen(dynamo.client, limit, NOW)).toBe(true);
  });
});

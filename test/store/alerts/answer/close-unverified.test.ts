import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeUnverified } from '../../../../functions/alerts/answer/close-unverified.ts';
import { queryAll } from '../../../../functions/alerts/answer/query-all.ts';
import { alertKey, STEPS } from '../../../../functions/alerts/keys.ts';
import { AlertRecord } from '../../../../functions/alerts/records.ts';
import { GRID, id } from '../../../support/a-town.ts';
import { type AnsweringDesk, anAnsweringDesk, newId, plus, who } from '../../../support/answering-desk.ts';

let desk: AnsweringDesk;
beforeAll(async () => {
  desk = await anAnsweringDesk();
});
afterAll(() => desk.dynamo.stop());

const strange = () => desk.raise({ area: GRID, unverified: true, doubt: 'not-tied', elderId: undefined, family: [] });
const close = (alertIds: readonly string[], over: { stepId?: string; by?: Parameters<typeof who>[0] } = {}) =>
  closeUnverified(desk, who(over.by ?? 'dispatcher'), {
    stepId: over.stepId ?? newId(),
    note: '已回电，无人求助',
    alertIds: [...alertIds],
    now: plus(60),
  });
const stored = async (alertId: string) => {
  const items = await queryAll(desk.db, {
    TableName: desk.alertsTable,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': alertKey(alertId).pk },
    ConsistentRead: true,
  });
  return {
    alert: AlertRecord.parse(items.find(({ sk }) => sk === 'ALERT')),
    steps: items.filter(({ sk }) => String(sk).startsWith(STEPS)),
  };
};

describe('closing many unverified alerts', () => {
  it('closes each with a line of its own that says who and why, and once only', async () => {
    const ids = (await Promise.all(Array.from({ length: 30 }, strange))).map(({ alertId }) => alertId);
    const stepId = newId();
    const first = await close([...ids, ...ids], { stepId });
    expect(first.left).toEqual([]);
    expect(first.closed.sort()).toEqual([...ids].sort());
    expect((await close(ids, { stepId })).closed.sort()).toEqual([...ids].sort());
    for (const alertId of ids) {
      const { alert, steps } = await stored(alertId);
      expect(alert).toMatchObject({ state: 'false-alarm', closedAt: plus(60), owner: { name: '李调度' } });
      expect(steps.map(({ kind }) => kind)).toEqual(['raised', 'false-alarm']);
      expect(steps[1]).toMatchObject({ note: '已回电，无人求助', by: { name: '李调度' } });
    }
  });

  it('leaves a verified one open, one of another place, and one that is not there, and says so', async () => {
    const [mine, real, far] = [
      await strange(),
      await desk.raise({ area: GRID }),
      await desk.raise({ area: '620103001001001', unverified: true }),
    ];
    const { closed, left } = await close([mine.alertId, real.alertId, far.alertId, id(404)], { by: 'district' });
    expect(closed).toEqual([mine.alertId]);
    expect(new Map(left.map(({ alertId, refused }) => [alertId, refused]))).toEqual(
      new Map([
        [real.alertId, 'forbidden'],
        [far.alertId, 'forbidden'],
        [id(404), 'not-found'],
      ]),
    );
    expect((await stored(real.alertId)).alert.state).toBe('calling');
  });

  it('by two desks at once closes each once', async () => {
    const ids = (await Promise.all(Array.from({ length: 20 }, strange))).map(({ alertId }) => alertId);
    const both = await Promise.all([close(ids), close(ids, { by: 'second' })]);
    for (const { closed, left } of both) expect([closed.length, left]).toEqual([20, []]);
    for (const alertId of ids) {
      const { steps } = await stored(alertId);
      expect(steps.filter(({ kind }) => kind === 'false-alarm')).toHaveLength(1);
    }
  });
});

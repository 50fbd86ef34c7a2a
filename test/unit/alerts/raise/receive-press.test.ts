import { describe, expect, it, vi } from 'vitest';
import { underAnotherId } from '../../../../functions/alerts/press.ts';
import { type RaiseWays, receivePress } from '../../../../functions/alerts/raise/receive-press.ts';
import { refuse } from '../../../../shared/contracts/refusal.ts';
import { id, NOW } from '../../../support/a-town.ts';
import { aPress, plus } from '../../../support/alerts-desk.ts';

const fails = async (): Promise<never> => {
  throw new Error('down');
};
const hangs = (signals: AbortSignal[]) => (_: unknown, signal: AbortSignal) => {
  signals.push(signal);
  return new Promise<never>(() => undefined);
};
const works: RaiseWays = { put: async () => undefined, publish: async () => undefined };
const press = aPress();
const quick = { deadline: 30, tries: 2 };

describe('a press', () => {
  it('is put and published side by side', async () => {
    const order: string[] = [];
    const way = (name: string) => async () => {
      order.push(`${name} begins`);
      await Promise.resolve();
      order.push(`${name} ends`);
      return undefined;
    };
    const answer = await receivePress({ put: way('put'), publish: way('publish') }, press);
    expect(answer).toEqual({
      received: { alertId: press.pressId, receivedAt: NOW, stored: true, published: true },
      replayed: false,
    });
    expect(order.slice(0, 2)).toEqual(['publish begins', 'put begins']);
  });

  it('is passed on when one of the two ways holds it, and the caller is told which', async () => {
    expect(await receivePress({ ...works, put: fails }, press)).toMatchObject({
      received: { stored: false, published: true },
    });
    expect(await receivePress({ ...works, publish: fails }, press)).toMatchObject({
      received: { stored: true, published: false },
    });
  });

  it('is not passed on when both fail, and the caller is told so', async () => {
    expect(await receivePress({ put: fails, publish: fails }, press)).toEqual(refuse('alert-not-passed-on'));
  });

  it('is tried once more by a way that failed', async () => {
    const put = vi.fn(works.put).mockRejectedValueOnce(new Error('throttled'));
    expect(await receivePress({ ...works, put }, press)).toMatchObject({ received: { stored: true } });
    expect(put).toHaveBeenCalledTimes(2);
  });

  it('does not wait for a way that hangs, and leaves nothing running behind the answer', async () => {
    const signals: AbortSignal[] = [];
    const started = performance.now();
    const answer = await receivePress({ ...works, put: hangs(signals) }, press, quick);
    expect(answer).toMatchObject({ received: { stored: false, published: true } });
    expect(performance.now() - started).toBeLessThan(400);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  it('is not passed on when both hang', async () => {
    const put = hangs([]);
    expect(await receivePress({ put, publish: put }, press, quick)).toEqual(refuse('alert-not-passed-on'));
  });

  it('that is there already gets its first answer again', async () => {
    const first = { ...press, at: plus(-20), alertId: id(99) };
    expect(await receivePress({ ...works, put: async () => first }, press)).toEqual({
      received: { alertId: press.pressId, receivedAt: plus(-20), stored: true, published: true },
      replayed: true,
    });
  });

  it('that was put by a try whose answer was lost is no repeat', async () => {
    expect(await receivePress({ ...works, put: async () => press }, press)).toMatchObject({ replayed: false });
  });

  it('that brings something else under an id that is taken is kept under another one', async () => {
    const other = { ...press, note: '快来' };
    const put = vi.fn(async (one: typeof press) => (one.pressId === press.pressId ? press : undefined));
    const { pressId } = underAnotherId(other);
    expect(await receivePress({ ...works, put }, other)).toMatchObject({
      received: { alertId: pressId, stored: true },
      replayed: false,
    });
    expect(put.mock.calls.map(([one]) => one.pressId)).toEqual([press.pressId, pressId]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Answer, Call } from '../../miniprogram/src/services/client.ts';
import { OFFLINE } from '../../miniprogram/src/services/client.ts';
import { createOutbox, type OutboxState } from '../../miniprogram/src/services/outbox.ts';
import { refusalMessage } from '../../shared/contracts/refusal.ts';
import { anOrder, DAUGHTER_ID, ELDER_ID, NOW, ORDER_ID } from './support/sample.ts';

const placed: Answer<unknown> = { ok: true, value: anOrder(), replayed: false };
const lost: Answer<unknown> = { ok: false, refusal: OFFLINE };
const full: Answer<unknown> = { ok: false, refusal: { code: 'slot-full', message: refusalMessage('slot-full') } };

const item = (id = ORDER_ID) => ({
  id,
  name: 'placeMealOrder' as const,
  what: '明天午饭',
  input: {
    params: { orderId: id },
    body: {
      elderId: ELDER_ID,
      canteenId: 'heping',
      date: '2026-12-01',
      sitting: 'lunch' as const,
      slotId: 'late',
      eating: 'dine-in' as const,
      dishIds: ['fish'],
    },
  },
});

/** An outbox whose server and storage the test holds in its hands. */
function anOutbox(stored: { state?: OutboxState } = {}) {
  const sent: string[] = [];
  const world = { answer: placed as Answer<unknown> | (() => Promise<Answer<unknown>>), personId: DAUGHTER_ID };
  const outbox = createOutbox({
    call: (async (_name: string, input: { params: { orderId: string } }) => {
      sent.push(input.params.orderId);
      return typeof world.answer === 'function' ? world.answer() : world.answer;
    }) as unknown as Call,
    personId: () => world.personId,
    now: () => NOW,
    read: () => stored.state,
    write: (state) => {
      stored.state = state;
    },
  });
  return { outbox, sent, world, stored };
}

describe('the outbox', () => {
  it('sends at once and forgets what was answered', async () => {
    const { outbox, sent, stored } = anOutbox();
    expect(await outbox.submit(item())).toEqual(placed);
    expect(sent).toEqual([ORDER_ID]);
    expect(stored.state?.pending).toEqual([]);
  });

  it('stores what was typed before it sends it', async () => {
    const { outbox, world, stored } = anOutbox();
    let storedWhileSending = 0;
    world.answer = async () => {
      storedWhileSending = stored.state?.pending.length ?? 0;
      return placed;
    };
    await outbox.submit(item());
    expect(storedWhileSending).toBe(1);
  });

  it('keeps what got no answer and sends it once when the connection is back', async () => {
    const { outbox, sent, world } = anOutbox();
    world.answer = lost;
    await outbox.submit(item());
    expect(outbox.state.get().pending).toMatchObject([{ id: ORDER_ID, waiting: true }]);
    world.answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return placed;
    };
    await Promise.all([outbox.flush(), outbox.flush(), outbox.flush()]);
    await outbox.flush();
    expect(sent).toEqual([ORDER_ID, ORDER_ID]);
    expect(outbox.state.get()).toEqual({
      pending: [],
      late: [{ id: ORDER_ID, what: '明天午饭', personId: DAUGHTER_ID }],
    });
  });

  it('makes one request of two taps on the same button', async () => {
    const { outbox, sent, world } = anOutbox();
    world.answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return placed;
    };
    const answers = await Promise.all([outbox.submit(item()), outbox.submit(item())]);
    expect(answers).toEqual([placed, placed]);
    expect(sent).toHaveLength(1);
  });

  it('does not send again what is on its way when the connection comes back', async () => {
    const { outbox, sent, world } = anOutbox();
    let letGo: (answer: Answer<unknown>) => void = () => undefined;
    world.answer = () => new Promise((resolve) => (letGo = resolve));
    const submitting = outbox.submit(item());
    await outbox.flush();
    letGo(placed);
    await submitting;
    expect(sent).toHaveLength(1);
  });

  it('still holds it after the app was closed', async () => {
    const before = anOutbox();
    before.world.answer = lost;
    await before.outbox.submit(item());
    const after = anOutbox(before.stored);
    after.outbox.restore();
    await after.outbox.flush();
    expect(after.sent).toEqual([ORDER_ID]);
    expect(after.outbox.state.get().pending).toEqual([]);
  });

  it('does not send what was discarded while an earlier one was on its way', async () => {
    const { outbox, sent, world } = anOutbox();
    const second = '44444444-4444-4444-8444-444444444444';
    world.answer = lost;
    await outbox.submit(item());
    await outbox.submit(item(second));
    let letGo: (answer: Answer<unknown>) => void = () => undefined;
    world.answer = () =>
      new Promise((resolve) => {
        letGo = resolve;
      });
    const flushing = outbox.flush();
    outbox.discard(second);
    letGo(placed);
    await flushing;
    expect(sent).toEqual([ORDER_ID, second, ORDER_ID]);
  });

  it('tells of a refusal that came late, and does not send it again', async () => {
    const { outbox, sent, world } = anOutbox();
    world.answer = lost;
    await outbox.submit(item());
    world.answer = full;
    await outbox.flush();
    await outbox.flush();
    expect(sent).toHaveLength(2);
    expect(outbox.state.get().late).toMatchObject([{ refusal: { code: 'slot-full' } }]);
    outbox.dismiss(ORDER_ID);
    expect(outbox.state.get().late).toEqual([]);
  });

  it('leaves a refusal at once to the page that asked', async () => {
    const { outbox, world } = anOutbox();
    world.answer = full;
    expect(await outbox.submit(item())).toEqual(full);
    expect(outbox.state.get()).toEqual({ pending: [], late: [] });
  });

  it('waits while nobody, or somebody else, is signed in', async () => {
    const { outbox, sent, world } = anOutbox();
    world.answer = lost;
    await outbox.submit(item());
    world.personId = '99999999-9999-4999-8999-999999999999';
    world.answer = placed;
    await outbox.flush();
    expect(sent).toHaveLength(1);
    world.personId = DAUGHTER_ID;
    await outbox.flush();
    expect(sent).toHaveLength(2);
  });

  it('stops at the first that gets no answer, and keeps the order of things', async () => {
    const { outbox, sent, world } = anOutbox();
    const second = '44444444-4444-4444-8444-444444444444';
    world.answer = lost;
    await outbox.submit(item());
    await outbox.submit(item(second));
    await outbox.flush();
    expect(sent).toEqual([ORDER_ID, second, ORDER_ID]);
    expect(outbox.state.get().pending.map((one) => one.id)).toEqual([ORDER_ID, second]);
  });

  it('sends no more what the person does not want any more', async () => {
    const { outbox, sent, world } = anOutbox();
    world.answer = lost;
    await outbox.submit(item());
    outbox.discard(ORDER_ID);
    world.answer = placed;
    await outbox.flush();
    expect(sent).toHaveLength(1);
  });
});

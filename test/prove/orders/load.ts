import { randomUUID } from 'node:crypto';
import { inParallel } from '../../../functions/platform/in-parallel.ts';
import type { SlotPlan } from '../../../shared/contracts/canteens.ts';
import { canteenId, dayAhead, elderId } from '../../support/loaded-cloud.ts';
import type { Told } from './audit.ts';
import type { Caller } from './caller.ts';

export const SLOTS: readonly SlotPlan[] = [
  { slotId: 'early', from: '11:00', until: '11:40', capacity: 30 },
  { slotId: 'late', from: '11:40', until: '12:20', capacity: 30 },
];

const pick = <T>(items: readonly T[], random: () => number): T => items[Math.floor(random() * items.length)] as T;

/** A small fast generator, so that a run can be repeated by its seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const lunchOf = (elder: number, over: { date?: string; slotId?: string; canteen?: number } = {}) => ({
  elderId: elderId(elder),
  canteenId: canteenId(over.canteen ?? 0),
  date: over.date ?? dayAhead(0),
  sitting: 'lunch',
  slotId: over.slotId ?? 'early',
  eating: 'dine-in',
  dishIds: ['beef', 'rice'],
});

/** 600 elders want the 30 places of one slot, all at once. Answers how many were told yes. */
export async function rush(
  caller: Caller,
  told: Map<string, Told>,
  orders = 600,
): Promise<{ asked: number; accepted: number; refused: number; other: number }> {
  const codes = await Promise.all(
    Array.from({ length: orders }, async (_, elder) => {
      const orderId = randomUUID();
      const reply = await caller.send('PUT', `/meal-orders/${orderId}`, lunchOf(elder));
      if (reply?.status === 200) told.set(orderId, { placed: true, cancelled: 'no' });
      return reply?.status === 200 ? 'accepted' : (reply?.json.code ?? 'no answer');
    }),
  );
  const accepted = codes.filter((code) => code === 'accepted').length;
  const refused = codes.filter((code) => code === 'slot-full').length;
  return { asked: orders, accepted, refused, other: orders - accepted - refused };
}

export interface StormSize {
  readonly operations: number;
  readonly parallel: number;
  readonly elders: number;
  readonly days: number;
  readonly seed: number;
}

/**
 * Random orders, changes, cancellations and repeats by many callers at once, on few elders and slots, so that they meet. Every
 * answer that a caller got is kept in `told`.
 */
export async function storm(
  caller: Caller,
  told: Map<string, Told>,
  { operations, parallel, elders, days, seed }: StormSize,
  signal?: AbortSignal,
): Promise<{ operations: number; answers: Record<string, number>; unanswered: number }> {
  const random = seeded(seed);
  const placed: { orderId: string; body: object }[] = [];
  const answers: Record<string, number> = {};
  let done = 0;
  let unanswered = 0;

  const place = async () => {
    const orderId = randomUUID();
    const body = lunchOf(Math.floor(random() * elders), {
      date: dayAhead(1 + Math.floor(random() * (days - 1))),
      slotId: pick(SLOTS, random).slotId,
      canteen: Math.floor(random() * 2),
    });
    const reply = await caller.send('PUT', `/meal-orders/${orderId}`, body, signal);
    if (reply?.status === 200) {
      told.set(orderId, { placed: true, cancelled: 'no' });
      placed.push({ orderId, body });
    }
    return reply;
  };
  const repeat = async () => {
    const known = pick(placed, random);
    return caller.send('PUT', `/meal-orders/${known.orderId}`, known.body, signal);
  };
  const change = async () => {
    const { orderId } = pick(placed, random);
    const rev = 1 + Math.floor(random() * 2);
    return caller.send('PUT', `/meal-orders/${orderId}/choices`, { rev, slotId: pick(SLOTS, random).slotId }, signal);
  };
  const cancel = async () => {
    const { orderId } = pick(placed, random);
    const before = told.get(orderId)?.cancelled;
    if (before !== 'yes') told.set(orderId, { placed: true, cancelled: 'asked' });
    const reply = await caller.send('PUT', `/meal-orders/${orderId}/cancellation`, {}, signal);
    if (reply?.status === 200) told.set(orderId, { placed: true, cancelled: 'yes' });
    return reply;
  };

  await inParallel(parallel, Array.from({ length: operations }).keys(), async () => {
    if (signal?.aborted) return;
    const dice = placed.length < 20 ? 0 : random();
    const reply = await (dice < 0.5 ? place() : dice < 0.6 ? repeat() : dice < 0.8 ? change() : cancel());
    done += 1;
    if (reply === undefined) unanswered += 1;
    else {
      const word = reply.status === 200 ? (reply.replayed ? 'replayed' : 'done') : reply.json.code;
      answers[word] = (answers[word] ?? 0) + 1;
    }
  });
  return { operations: done, answers, unanswered };
}

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { type LocalCloud, startLocalCloud } from '../../infra/local/local-cloud.ts';
import type { SlotPlan } from '../../shared/contracts/canteens.ts';
import { staff } from '../support/a-town.ts';
import { canteenId, dayAhead, elderId, loadWith, tokenFor } from '../support/loaded-cloud.ts';
import { quantile, round } from './median.ts';

/** 10 canteens × 5 slots × 4 days at a time: 200 slots of which none fills up. */
export const SLOTS: readonly SlotPlan[] = [0, 1, 2, 3, 4].map((n) => ({
  slotId: `slot-${n}`,
  from: `1${n}:00`,
  until: `1${n}:30`,
  capacity: 5000,
}));
export const CANTEENS = 10;
export const DAYS = 8;
const WARM_UP = 300;

export interface HttpFigures {
  elders: number;
  connections: number;
  slots: 'spread' | 'hot';
  orders_per_s: number;
  p50_ms: number;
  p95_ms: number;
  p99_ms: number;
  refused: number;
}

/** Orders per second and their times over HTTP against the local cloud, which shares this machine with the load itself. */
export async function measureHttp(sizes: readonly number[], orders: number): Promise<{ http: HttpFigures[] }> {
  const http: HttpFigures[] = [];
  for (const elders of sizes) {
    const data = mkdtempSync(join(tmpdir(), 'anxin-bench-'));
    const cloud = await startLocalCloud({
      port: 0,
      data,
      quiet: true,
      load: loadWith({ elders, days: DAYS, canteens: CANTEENS, slots: SLOTS }),
    });
    try {
      const placing = await placer(cloud, data, elders);
      await placing({ connections: 16, slots: 'spread', orders: WARM_UP });
      for (const connections of [16, 64]) {
        for (const slots of ['spread', 'hot'] as const) {
          http.push({ elders, connections, slots, ...(await placing({ connections, slots, orders })) });
        }
      }
    } finally {
      await cloud.stop();
      rmSync(data, { recursive: true, force: true });
    }
  }
  return { http };
}

interface Placing {
  readonly connections: number;
  readonly slots: 'spread' | 'hot';
  readonly orders: number;
  readonly rate?: number;
}

/** Places orders over HTTP as fast as answers come, or at `rate` a second. */
export async function placer(cloud: LocalCloud, data: string, elders: number) {
  const token = await tokenFor(staff, data);
  let next = 0;
  let runs = 0;
  /** Every order is another elder's, or another day's. */
  const anOrder = (slots: 'spread' | 'hot', hotCanteen: number) => {
    const n = next++;
    const day = Math.floor(n / elders) % DAYS;
    const spread = { canteenId: canteenId(n % CANTEENS), slotId: `slot-${Math.floor(n / CANTEENS) % SLOTS.length}` };
    return {
      elderId: elderId(n % elders),
      ...(slots === 'spread' ? spread : { canteenId: canteenId(hotCanteen), slotId: 'slot-0' }),
      date: dayAhead(day),
      sitting: 'lunch',
      eating: 'dine-in',
      dishIds: ['beef', 'rice'],
    };
  };
  return async ({ connections, slots, orders, rate }: Placing) => {
    // Each run has a hot slot of its own: one has room for 5 000.
    const hotCanteen = runs++ % CANTEENS;
    const times: number[] = [];
    let refused = 0;
    let last = 0;
    const finished = Promise.withResolvers<void>();
    const started = performance.now();
    const options: autocannon.Options = {
      url: cloud.apis.AnxinApi ?? '',
      connections,
      amount: orders,
      ...(rate !== undefined && { overallRate: rate }),
      requests: [
        {
          method: 'PUT',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          setupRequest: (request) => ({
            ...request,
            path: `/meal-orders/${randomUUID()}`,
            body: JSON.stringify(anOrder(slots, hotCanteen)),
          }),
        },
      ],
    };
    const run = autocannon(options, (error) => (error ? finished.reject(error) : finished.resolve()));
    run.on('response', (_client, status, _bytes, ms) => {
      times.push(ms);
      last = performance.now();
      if (status !== 200) refused += 1;
    });
    await finished.promise;
    // Up to the last answer: autocannon itself ends on whole seconds.
    const seconds = (last - started) / 1000;
    return {
      orders_per_s: Math.round((times.length - refused) / seconds),
      p50_ms: round(quantile(times, 0.5), 1),
      p95_ms: round(quantile(times, 0.95), 1),
      p99_ms: round(quantile(times, 0.99), 1),
      refused,
    };
  };
}

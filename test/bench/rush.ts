import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLocalCloud } from '../../infra/local/local-cloud.ts';
import { privateKeyOf } from '../api/support/tokens.ts';
import { pressAll } from '../prove/alerts/press.ts';
import { loadCircles } from '../prove/alerts/world.ts';
import { loadWith } from '../support/loaded-cloud.ts';
import { CANTEENS, DAYS, placer, SLOTS } from './http.ts';
import { quantile, round } from './median.ts';

const ELDERS = 2000;
const ALERTS = 200;
const ALERTS_PER_SECOND = 10;
const PROBE_ORDERS = 3000;
const SHARE = 0.8;
const SETTLE_MS = 5000;

export interface RushFigures {
  /** p95 of raising an alert while lunch orders run at 80 % of what this machine bears, against idle. */
  alert_under_rush: number;
  alert_idle_p95_ms: number;
  alert_rush_p95_ms: number;
  orders_borne_per_s: number;
  orders_during_rush_per_s: number;
}

/** Raises alerts over HTTP at a steady rate, first with nothing else going on, then in the middle of a lunch rush. */
export async function measureRush(): Promise<RushFigures> {
  const data = mkdtempSync(join(tmpdir(), 'anxin-bench-'));
  const [orders, circles] = [
    loadWith({ elders: ELDERS, days: DAYS, canteens: CANTEENS, slots: SLOTS }),
    loadCircles(3 * ALERTS),
  ];
  const cloud = await startLocalCloud({
    port: 0,
    data,
    quiet: true,
    load: async (target) => [...(await orders(target)), ...(await circles(target))],
  });
  try {
    const key = privateKeyOf(readFileSync(join(data, 'session-key.pem'), 'utf8'));
    const placing = await placer(cloud, data, ELDERS);
    const raise = async (from: number): Promise<number> => {
      const presses = await pressAll({
        api: cloud.apis.AnxinAlerts ?? '',
        key,
        alerts: ALERTS,
        from,
        perSecond: ALERTS_PER_SECOND,
        patienceMs: 30_000,
      });
      const times = presses.map(({ answeredAt = Number.POSITIVE_INFINITY, pressedAt }) => answeredAt - pressedAt);
      return quantile(times, 0.95);
    };
    await raise(0);
    await sleep(SETTLE_MS);
    const idle = await raise(ALERTS);
    await sleep(SETTLE_MS);
    const borne = await placing({ connections: 16, slots: 'spread', orders: PROBE_ORDERS });
    const rate = Math.round(borne.orders_per_s * SHARE);
    const [rush, during] = await Promise.all([
      raise(2 * ALERTS),
      placing({ connections: 16, slots: 'spread', orders: Math.round((rate * ALERTS) / ALERTS_PER_SECOND), rate }),
    ]);
    return {
      alert_under_rush: round(rush / idle),
      alert_idle_p95_ms: round(idle, 1),
      alert_rush_p95_ms: round(rush, 1),
      orders_borne_per_s: borne.orders_per_s,
      orders_during_rush_per_s: during.orders_per_s,
    };
  } finally {
    await cloud.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

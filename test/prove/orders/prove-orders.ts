import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalCloud } from '../../../infra/local/local-cloud.ts';
import { staff } from '../../support/a-town.ts';
import { documentClientAt, loadWith, tokenFor } from '../../support/loaded-cloud.ts';
import { audit, type Findings, type Told } from './audit.ts';
import { Caller } from './caller.ts';
import { proveKill } from './kill.ts';
import { rush, SLOTS, storm } from './load.ts';

const FAULTS = 'dynamodb=throttle:0.08|conflict:0.08|timeout-after-commit:0.04,repeat:0.08';
const ELDERS = 700;
const DAYS = 8;
const OPERATIONS = 6000;

async function withCloud<T>(
  faults: string,
  act: (caller: Caller, check: (told: Map<string, Told>) => Promise<Findings>) => Promise<T>,
): Promise<T> {
  const data = mkdtempSync(join(tmpdir(), 'anxin-prove-'));
  const load = loadWith({ elders: ELDERS, days: DAYS, canteens: 2, slots: SLOTS });
  const cloud = await startLocalCloud({ port: 0, data, quiet: true, load });
  try {
    await cloud.setFaults(faults);
    const caller = new Caller(cloud.apis.AnxinApi ?? '', await tokenFor(staff, data));
    return await act(caller, async (told) => {
      const db = documentClientAt(cloud.engines.dynamodb);
      const findings = await audit(db, cloud.environment.MEALS_TABLE ?? '', told);
      db.destroy();
      return findings;
    });
  } finally {
    await cloud.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

/** Orders under a rush, under faults and under kill -9; `sums` adds up what must all be zero. */
export async function proveOrders(say: (words: string) => void) {
  say('600 orders at once for one slot of 30 …');
  const hot = await withCloud('', async (caller, check) => {
    const told = new Map<string, Told>();
    return { ...(await rush(caller, told)), ...(await check(told)) };
  });
  say(`${OPERATIONS} random operations under ${FAULTS} …`);
  const stormy = await withCloud(FAULTS, async (caller, check) => {
    const told = new Map<string, Told>();
    const done = await storm(caller, told, { operations: OPERATIONS, parallel: 48, elders: 200, days: DAYS, seed: 7 });
    return { faults: FAULTS, ...done, unavailable_answers: caller.unavailable, ...(await check(told)) };
  });
  say('kill -9 of everything in mid-load, three times …');
  const data = mkdtempSync(join(tmpdir(), 'anxin-prove-'));
  const killed = await proveKill(data);
  rmSync(data, { recursive: true, force: true });

  const total = (name: keyof Findings): number => [hot, stormy, killed].reduce((sum, part) => sum + part[name], 0);
  const sums = {
    oversold: total('oversold'),
    lost: total('lost'),
    duplicated: total('duplicated'),
    unbalanced_quotes: total('unbalanced_quotes'),
    miscounted_slots: total('miscounted_slots'),
    wrong_months: total('wrong_months'),
  };
  const isProven = Object.values(sums).every((sum) => sum === 0) && hot.accepted === 30 && stormy.unanswered === 0;
  return { isProven, sums, parts: { hot_slot: hot, storm: stormy, kill: killed } };
}

import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { privateKeyOf } from '../../api/support/tokens.ts';
import { documentClientAt } from '../../support/loaded-cloud.ts';
import type { Told } from './cloud-child.ts';
import { type AlertFigures, allHeard, figuresOf } from './hearing.ts';
import { type Press, pressAll } from './press.ts';
import { keptReceived } from './received-file.ts';
import type { Size } from './scenarios.ts';

const ROUNDS = 4;
const DRAIN_MS = 240_000;
const PATIENCE_MS = 10_000;

interface Running extends Told {
  readonly child: ChildProcess;
}

async function start(data: string, alerts: number): Promise<Running> {
  const child = fork(new URL('./cloud-child.ts', import.meta.url), [data, String(alerts)], {
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const told = await new Promise<Told>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Told));
    child.once('exit', (code) => reject(new Error(`the local cloud ended with ${code} before it was ready`)));
  });
  return { child, ...told };
}

/** Kills the whole group: the runner, its functions and both engines, without a word. */
async function kill({ child }: Running): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  process.kill(-(child.pid ?? 0), 'SIGKILL');
  await ended;
}

/**
 * Presses, and the moment the last caller has its yes, everything is killed; four times over, on the same data. Then it is
 * started once more and left to make good. What the channels got in the last moment before a kill is not known.
 */
export async function proveAlertKill({
  alerts,
  perSecond,
}: Size): Promise<AlertFigures & { says: string; kills: number }> {
  const data = mkdtempSync(join(tmpdir(), 'anxin-prove-'));
  try {
    const presses: Press[] = [];
    const share = Math.ceil(alerts / ROUNDS);
    for (let round = 0; round < ROUNDS; round++) {
      const running = await start(data, alerts);
      const key = privateKeyOf(readFileSync(join(data, 'session-key.pem'), 'utf8'));
      presses.push(
        ...(await pressAll({
          api: running.api,
          key,
          alerts: share,
          from: round * share,
          perSecond,
          patienceMs: PATIENCE_MS,
        })),
      );
      await kill(running);
    }
    const running = await start(data, alerts);
    const db = documentClientAt(running.engine);
    const started = Date.now();
    while (Date.now() - started < DRAIN_MS && !(await allHeard(db, running.table, presses, keptReceived(data))))
      await sleep(3000);
    const figures = await figuresOf(db, running.table, presses, keptReceived(data));
    db.destroy();
    await kill(running);
    return { says: 'kill -9 of everything right after the callers’ yes, then a restart', kills: ROUNDS, ...figures };
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { staff } from '../../support/a-town.ts';
import { documentClientAt, tokenFor } from '../../support/loaded-cloud.ts';
import { audit, type Findings, type Told } from './audit.ts';
import { Caller } from './caller.ts';
import { storm } from './load.ts';

interface Running {
  readonly child: ChildProcess;
  readonly api: string;
  readonly engine: string;
  readonly table: string;
}

const ELDERS = 300;
const DAYS = 8;
const KILLS = 3;
const LOAD_MS = 2500;

async function start(data: string): Promise<Running> {
  const child = fork(new URL('./cloud-child.ts', import.meta.url), [data, String(ELDERS), String(DAYS)], {
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const told = await new Promise<Omit<Running, 'child'>>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Omit<Running, 'child'>));
    child.once('exit', (code) => reject(new Error(`the local cloud ended with ${code} before it was ready`)));
  });
  return { child, ...told };
}

/** Kills the whole group: the runner, its functions and the database engine, without a word. */
async function kill({ child }: Running): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  process.kill(-(child.pid ?? 0), 'SIGKILL');
  await ended;
}

/** Loads the local cloud, kills everything in the middle of it, starts it again; three times; then counts what was answered. */
export async function proveKill(data: string): Promise<Findings & { kills: number; answered: number }> {
  const told = new Map<string, Told>();
  for (let round = 0; round < KILLS; round++) {
    const running = await start(data);
    const end = new AbortController();
    const caller = new Caller(running.api, await tokenFor(staff, data));
    const loading = storm(
      caller,
      told,
      { operations: 100_000, parallel: 32, elders: ELDERS, days: DAYS, seed: 100 + round },
      end.signal,
    );
    await sleep(LOAD_MS);
    await kill(running);
    end.abort();
    await loading;
  }
  const running = await start(data);
  const db = documentClientAt(running.engine);
  const findings = await audit(db, running.table, told);
  db.destroy();
  await kill(running);
  return { kills: KILLS, answered: told.size, ...findings };
}

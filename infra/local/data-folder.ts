import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MARK = 'anxin-local.json';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/**
 * Takes a data folder for this process. `fresh` empties it first, but only a folder that is ours: one with other things in it is
 * refused. Two runs on one folder are refused. Answers how to let go of it.
 */
export function takeDataFolder(data: string, fresh: boolean): () => void {
  mkdirSync(data, { recursive: true });
  const mark = join(data, MARK);
  const isOurs = existsSync(mark);
  if (!isOurs && readdirSync(data).length > 0) {
    throw new Error(`${data} holds other things than Anxin's local data: choose an empty or new folder with --data`);
  }
  const { pid } = isOurs ? (JSON.parse(readFileSync(mark, 'utf8')) as { pid: number }) : { pid: 0 };
  if (pid !== 0 && pid !== process.pid && isAlive(pid)) {
    throw new Error(
      `${data} is in use by another run (process ${pid}): end that one, or choose another folder with --data`,
    );
  }
  if (fresh) {
    // The engine's pid file stays: a left-over engine of a killed run is found by it.
    for (const name of readdirSync(data))
      if (!name.endsWith('.pid')) rmSync(join(data, name), { recursive: true, force: true });
  }
  writeFileSync(mark, JSON.stringify({ pid: process.pid }));
  return () => writeFileSync(mark, JSON.stringify({ pid: 0 }));
}

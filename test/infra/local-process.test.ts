import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../../infra/local/ports.ts';
import { APP, eventually, newDataFolder, notesAt, removeDataFolder } from './fixture/cloud.ts';

let data: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  data = newDataFolder();
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  removeDataFolder(data);
});

interface Run {
  child: ChildProcess;
  words(): string;
  ended: Promise<number | NodeJS.Signals | null>;
}

function run(...args: string[]): Run {
  const child = spawn(process.execPath, ['infra/local/main.ts', '--app', APP, '--data', data, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let words = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      words += chunk.toString();
    });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.once('exit', (code, signal) => resolve(signal ?? code)),
  );
  return { child, words: () => words, ended };
}

/** Starts it on a free port, and waits until it says that it is ready. */
async function ready(): Promise<Run & { web: string; api: string }> {
  const started = run('--port', String(await freePort()));
  const web = await eventually('ready', async () => /^ready (http:\S+)$/m.exec(started.words())?.[1], 60_000);
  const api = /^FixtureApi +(http:\S+)$/m.exec(started.words())?.[1] ?? '';
  return { ...started, web, api };
}

/** The processes that have this run's data folder in their command line, zombies aside. */
const processesOf = (folder: string): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(join('/proc', pid, 'cmdline'), 'utf8').includes(folder);
      } catch {
        return false;
      }
    });

describe.runIf(process.platform === 'linux')('npm start', () => {
  it('ends cleanly on Ctrl-C and leaves no process behind', async () => {
    const { child, ended, web } = await ready();
    expect(processesOf(data).length).toBeGreaterThan(1);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(processesOf(data)).toEqual([]);
    await expect(fetch(`${web}/dev/info`)).rejects.toThrow();
  });

  it('ends cleanly on Ctrl-C while it is still starting', async () => {
    const started = run('--port', '0');
    await eventually('the database runs', async () => (processesOf(data).length > 1 ? true : undefined));
    started.child.kill('SIGINT');
    expect(await started.ended).toBe(0);
    expect(processesOf(data)).toEqual([]);
  });

  it('keeps every write that it answered when it is killed in the middle of many', async () => {
    const first = await ready();
    const before = notesAt(first.api);
    const answered: string[] = [];
    let isOver = false;
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let n = 0; !isOver; n += 1) {
        const noteId = `w${writer}-${n}`;
        const response = await before.put(noteId, { type: 'important', n }).catch(() => undefined);
        if (response?.status === 200) answered.push(noteId);
        else return;
      }
    });
    await eventually('two hundred answers', async () => (answered.length >= 200 ? true : undefined));
    first.child.kill('SIGKILL');
    expect(await first.ended).toBe('SIGKILL');
    isOver = true;
    await Promise.all(writers);
    await eventually('the database died with it', async () => (processesOf(data).length === 0 ? true : undefined));

    const second = await ready();
    const after = notesAt(second.api);
    const lost: string[] = [];
    for (const noteId of answered) if ((await after.get(noteId)).note === undefined) lost.push(noteId);
    expect(lost).toEqual([]);
    // Events are delivered at least once: also those whose delivery the kill cut off.
    for (const noteId of answered) {
      await eventually(`${noteId} is heard`, async () => (await after.get(noteId)).tally?.heard, 30_000);
    }
  });

  it('says in plain words that a port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const { ended, words } = run('--port', String(port));
    expect(await ended).toBe(1);
    expect(words()).toContain(`port ${port} is taken by another program`);
    other.close();
  });

  it('refuses a second run on the same data folder', async () => {
    await ready();
    const { ended, words } = run('--port', '0');
    expect(await ended).toBe(1);
    expect(words()).toContain('is in use by another run');
  });

  it('refuses to empty a folder that is not its own', async () => {
    writeFileSync(join(data, 'thesis.txt'), 'years of work');
    const { ended, words } = run('--fresh', '--port', '0');
    expect(await ended).toBe(1);
    expect(words()).toContain('holds other things');
    expect(readFileSync(join(data, 'thesis.txt'), 'utf8')).toBe('years of work');
  });

  it.each([
    ['--port', 'abc'],
    ['--fault', 'sns=sideways'],
  ])('refuses %s %s and says what would be right', async (...args) => {
    const { ended, words } = run(...args);
    expect(await ended).toBe(1);
    expect(words()).toMatch(/a number from 0|faults are written as/);
  });
});

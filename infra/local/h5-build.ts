import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from './content-hash.ts';

export const H5 = 'miniprogram/dist/h5';
const INPUTS = ['miniprogram', 'shared', 'package-lock.json'];
const NOT_INPUTS = ['miniprogram/dist', 'miniprogram/node_modules', 'shared/policies'];

/** Builds the web page where it is missing or older than its sources. Answers what went wrong, if something did. */
export async function buildH5(signal: AbortSignal): Promise<string | undefined> {
  if (!existsSync('miniprogram/src')) return 'there is no miniprogram/src yet: the web page is missing';
  const hash = contentHash(INPUTS, NOT_INPUTS);
  const mark = join(H5, '.inputs');
  const isBuilt = existsSync(mark) && existsSync(join(H5, 'index.html'));
  if (isBuilt && readFileSync(mark, 'utf8') === hash) return undefined;
  let words = '';
  const code = await new Promise<number | null>((resolve) => {
    const child = spawn('npm', ['run', 'build:h5', '-w', 'miniprogram'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      // Whatever runs us (a test runner sets NODE_ENV=test): the page is the one that people get.
      env: { ...process.env, NODE_ENV: 'production' },
    });
    signal.addEventListener('abort', () => {
      if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    });
    const keep = (chunk: Buffer): void => {
      words = (words + chunk.toString()).slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', () => resolve(-1));
    child.once('exit', resolve);
  });
  if (code !== 0) return `the web page could not be built (npm run build:h5 -w miniprogram):\n${words}`;
  writeFileSync(mark, hash);
  return undefined;
}

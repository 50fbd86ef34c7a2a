import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { FunctionHost } from '../../infra/local/function-host.ts';
import { createLog } from '../../infra/local/log.ts';
import { reloadOnChange } from '../../infra/local/reload.ts';
import { eventually, newDataFolder, removeDataFolder } from './fixture/cloud.ts';

const data = newDataFolder();
const sources = join(data, 'sources');
const entry = join(sources, 'handler.ts');
const source = (word: string): string =>
  `export const handler = async (wait: number) => { await new Promise((r) => setTimeout(r, wait)); return '${word}' as string; };\n`;

mkdirSync(sources);
writeFileSync(entry, source('first'));
const directory = join(data, 'asset');
mkdirSync(directory);
writeFileSync(join(directory, 'package.json'), '{"type":"commonjs"}');
writeFileSync(join(directory, 'index.js'), "exports.handler = async () => 'deployed';");
writeFileSync(join(directory, 'policies.json'), '[]');

const log = createLog({ quiet: true });
const host = new FunctionHost(
  {
    key: 'S.Fn',
    name: 'Fn',
    directory,
    handler: 'index.handler',
    memory: 128,
    timeoutMs: 5000,
    environment: {},
    reservedConcurrency: undefined,
    entry,
  },
  log,
);
const reload = reloadOnChange([host], data, log, [sources]);
afterAll(async () => {
  reload.stop();
  await host.stop();
  removeDataFolder(data);
});

it('goes over to a changed source file, and lets what runs finish in the old code', async () => {
  await host.ready;
  expect(await host.invoke(0)).toBe('deployed');
  writeFileSync(entry, source('second'));
  await eventually('the second code', async () => ((await host.invoke(0)) === 'second' ? true : undefined));
  const slow = host.invoke(1500);
  writeFileSync(entry, source('third'));
  await eventually('the third code', async () => ((await host.invoke(0)) === 'third' ? true : undefined));
  expect(await slow).toBe('second');
});

it('keeps the files beside the code', () => {
  const folders = readdirSync(join(data, 'reloaded'));
  for (const folder of folders)
    expect(readFileSync(join(data, 'reloaded', folder, 'S.Fn', 'policies.json'), 'utf8')).toBe('[]');
});

it('stays with the old code when the new one does not compile', async () => {
  writeFileSync(entry, 'export const handler = (');
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(await host.invoke(0)).toBe('third');
  rmSync(entry);
  expect(existsSync(entry)).toBe(false);
});

import { cpSync, mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from '../constructs/bundle.ts';
import type { FunctionHost } from './function-host.ts';
import type { Log } from './log.ts';

const QUIET_MS = 200;

/** Bundles functions anew when a source file changes, and goes over to those whose code came out otherwise. */
export function reloadOnChange(
  hosts: readonly FunctionHost[],
  data: string,
  log: Log,
  folders: readonly string[] = ['functions', 'shared'],
): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let generation = 0;
  rmSync(join(data, 'reloaded'), { recursive: true, force: true });
  const reload = async (): Promise<void> => {
    generation += 1;
    await Promise.all(hosts.map((host) => reloadOne(host, join(data, 'reloaded', String(generation)), log)));
  };
  const watchers = folders.map((folder) =>
    watch(folder, { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => void reload(), QUIET_MS);
    }),
  );
  return {
    stop() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

async function reloadOne(host: FunctionHost, into: string, log: Log): Promise<void> {
  const { entry, name, directory, key } = host.spec;
  if (entry === undefined) return;
  try {
    const { outputFiles } = await build({ ...bundleOptions, logLevel: 'silent', entryPoints: [entry], write: false });
    const text = outputFiles[0]?.text ?? '';
    if (text === readFileSync(join(directory, 'index.js'), 'utf8')) return;
    const next = join(into, key);
    mkdirSync(next, { recursive: true });
    cpSync(directory, next, { recursive: true });
    writeFileSync(join(next, 'index.js'), text);
    await host.change({ directory: next });
    log.say(`${name}: reloaded`);
  } catch (error) {
    log.loud(`${name}: not reloaded: ${error instanceof Error ? error.message : error}`);
  }
}

import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { contentHash } from './content-hash.ts';

const run = promisify(execFile);
const CACHE = resolve('.cache/cloud');
const DAY_MS = 24 * 60 * 60 * 1000;

/** Everything that decides what the CDK app makes. */
const INPUTS = ['infra', 'functions', 'shared', 'cdk.json', 'package-lock.json'];
const NOT_INPUTS = ['infra/local', 'infra/town', 'infra/openapi'];

/**
 * Runs the CDK app as `cdk synth` would, and answers the folder of its cloud assembly. Skipped when nothing that goes in has
 * changed since an earlier run. `extraInputs` are files of the app outside the project's usual folders.
 */
export async function synthesize(
  app: string,
  context: Readonly<Record<string, string>>,
  extraInputs: readonly string[] = [],
): Promise<string> {
  const hash = contentHash([...INPUTS, app, ...extraInputs], NOT_INPUTS, JSON.stringify([app, context]));
  const directory = join(CACHE, hash);
  if (existsSync(join(directory, 'manifest.json'))) return directory;
  mkdirSync(CACHE, { recursive: true });
  const temporary = `${directory}.${randomUUID()}.new`;
  const settings = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context?: object };
  try {
    await run(process.execPath, [app], {
      env: {
        ...process.env,
        CDK_OUTDIR: temporary,
        CDK_CONTEXT_JSON: JSON.stringify({ ...settings.context, ...context }),
      },
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    const { stderr, stdout, message } = error as { stderr?: string; stdout?: string; message: string };
    throw new Error(`the CDK app (${app}) does not synthesize:\n${stderr || stdout || message}`);
  }
  try {
    renameSync(temporary, directory);
  } catch {
    rmSync(temporary, { recursive: true, force: true }); // another run was faster
  }
  forgetOld(directory);
  return directory;
}

/** Removes assemblies that nobody has used for a day. */
function forgetOld(current: string): void {
  for (const name of readdirSync(CACHE)) {
    const path = join(CACHE, name);
    if (path !== current && Date.now() - statSync(path).mtimeMs > DAY_MS)
      rmSync(path, { recursive: true, force: true });
  }
}

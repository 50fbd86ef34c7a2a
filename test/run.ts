import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './support/chromium.ts';

/**
 * `npm test`: everything, in one command. `npm test -- unit store` runs only the suites named. What a machine lacks the means
 * for (Java, Chromium) is left out loudly; with CI=true that is a failure. Ends with one line: `N passed, N failed`.
 */
interface Suite {
  readonly name: string;
  readonly about: string;
  /** Why it cannot run here; undefined when it can. */
  readonly lacks?: string | undefined;
  readonly env?: Readonly<Record<string, string>>;
  /** The vitest project; the suite's name unless given. */
  readonly project?: string;
  /** npm script of the mini-program that must have run before. */
  readonly needs?: string;
  /** One file after another: what must be there within two seconds is not measured beside another browser and its servers. */
  readonly alone?: boolean;
}

const has = (command: string, ...args: string[]): boolean => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const noJava = has('java', '-version') ? undefined : 'Java 17 (Debian: openjdk-17-jre-headless)';
const noBrowser = findChromium() ? undefined : 'Chromium and a Chinese font (Debian: chromium fonts-wqy-zenhei)';

const suites: readonly Suite[] = [
  { name: 'unit', about: 'rules and properties' },
  { name: 'component', about: 'components and the client of the mini-program' },
  { name: 'store', about: 'stores and use cases on the embedded database' },
  {
    name: 'store-second',
    about: 'the same on AWS’s DynamoDB Local',
    project: 'store',
    env: { ANXIN_TEST_ENGINE: 'dynamodb-local' },
    lacks: noJava,
  },
  { name: 'infra', about: 'facts of the template, and the local cloud' },
  { name: 'api', about: 'every route over HTTP' },
  { name: 'weapp', about: 'the WeChat bundle in Node', needs: 'build:weapp', alone: true },
  { name: 'e2e', about: 'the web page in Chromium', lacks: noBrowser, alone: true },
];

interface Counts {
  passed: number;
  failed: number;
}

function counted(file: string, { status }: SpawnSyncReturns<Buffer>): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numFailedTests: number };
  const { numPassedTests: passed, numFailedTests: failed } = report;
  // A file that cannot be loaded, or an error outside of any test, fails the run without a failed test.
  return { passed, failed: failed === 0 && status !== 0 ? 1 : failed };
}

function run({ name, about, project = name, env = {}, needs, alone = false }: Suite, folder: string): Counts {
  console.log(`\n── ${name}: ${about}`);
  if (needs) {
    const built = spawnSync('npm', ['run', '--silent', needs, '-w', 'miniprogram'], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (built.status !== 0) return { passed: 0, failed: 1 };
  }
  const outputFile = join(folder, `${name}.json`);
  const args = [
    'vitest',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${outputFile}`,
    ...(alone ? ['--no-file-parallelism'] : []),
  ];
  return counted(
    outputFile,
    spawnSync('npx', args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } }),
  );
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`unknown suite ${unknown.join(', ')}; there are ${suites.map(({ name }) => name).join(', ')}`);
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'anxin-test-'));
const sum: Counts = { passed: 0, failed: 0 };
const leftOut: string[] = [];
for (const suite of suites) {
  if (asked.length > 0 && !asked.includes(suite.name)) continue;
  if (suite.lacks !== undefined) {
    leftOut.push(`${suite.name} (${suite.about}): this machine lacks ${suite.lacks}`);
    continue;
  }
  const { passed, failed } = run(suite, folder);
  sum.passed += passed;
  sum.failed += failed;
}
rmSync(folder, { recursive: true });

for (const line of leftOut) console.log(`\n!! LEFT OUT: ${line}`);
if (process.env.CI && leftOut.length > 0) sum.failed += leftOut.length;
console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1;

import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { bundle, bundleOptions } from '../../infra/constructs/bundle.ts';
import { median, round } from './median.ts';

const PAIRS = 21;

export interface BundleFigures {
  kb: number;
  /** Import time against a bundle of the bare SDK clients that this function uses, built alike. */
  import_vs_bare: number;
}

function inFolder<T>(act: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'anxin-bundles-'));
  try {
    return act(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Size and import time of every function's bundle. Each import is a fresh process; the two of a pair run in turn. */
export const measureBundles = () =>
  inFolder((folder) => {
    const entries = globSync('functions/**/{api,on-*}.ts').sort();
    return { bundles: Object.fromEntries(entries.map((entry) => [entry, measure(folder, entry)])) };
  });

/** The same of the function that raises alerts, which has a budget of its own. */
export const measureRaiseBundle = () =>
  inFolder((folder) => {
    const { kb, import_vs_bare } = measure(folder, 'functions/alerts/raise/api.ts');
    return { alert_bundle_kb: kb, alert_import_vs_bare: import_vs_bare };
  });

function measure(folder: string, entry: string): BundleFigures {
  const directory = join(folder, entry.replaceAll('/', '-'));
  const { sources } = bundle(entry, directory);
  const own = join(directory, 'index.js');
  const bare = bareBundle(join(directory, 'bare.cjs'), clientsIn(sources));
  // A burst of other work on the machine slows both of a pair, so the ratio is taken pair by pair.
  const ratios = Array.from({ length: PAIRS }, (_, pair) => {
    const bareFirst = pair % 2 ? importTime(bare) : undefined;
    const time = importTime(own);
    return time / (bareFirst ?? importTime(bare));
  });
  return { kb: Math.round(statSync(own).size / 1024), import_vs_bare: round(median(ratios)) };
}

/** The SDK packages that our own code imports, whatever it takes from them. */
function clientsIn(sources: readonly string[]): string[] {
  const own = sources.filter((source) => /^(functions|shared)\//.test(source));
  const named = own.flatMap((source) =>
    [...readFileSync(source, 'utf8').matchAll(/^import (?!type)[^;]*?from '(@aws-sdk\/[\w-]+)'/gms)].map(
      (match) => match[1] ?? '',
    ),
  );
  return [...new Set(named)].filter((name) => name.includes('/client-') || name.includes('/lib-'));
}

const CLIENTS: Readonly<Record<string, string>> = {
  '@aws-sdk/client-dynamodb': 'DynamoDBClient, BatchGetItemCommand, TransactWriteItemsCommand',
  '@aws-sdk/lib-dynamodb':
    'DynamoDBDocumentClient, BatchGetCommand, TransactWriteCommand, GetCommand, PutCommand, QueryCommand, UpdateCommand',
  '@aws-sdk/client-sns': 'SNSClient, PublishCommand',
  '@aws-sdk/client-sqs': 'SQSClient, SendMessageCommand',
  '@aws-sdk/client-kms': 'KMSClient, SignCommand',
  '@aws-sdk/client-secrets-manager': 'SecretsManagerClient, GetSecretValueCommand',
};

function bareBundle(outfile: string, packages: readonly string[]): string {
  const lines = packages.map((name) => {
    const names = CLIENTS[name];
    if (names === undefined) throw new Error(`the benchmark does not know what is bare of ${name}`);
    return `import { ${names} } from '${name}'; keep(${names});`;
  });
  const contents = `const keep = (...used) => { globalThis.kept = used; };\n${lines.join('\n')}`;
  buildSync({ ...bundleOptions, stdin: { contents, resolveDir: process.cwd() }, outfile });
  return outfile;
}

const ENVIRONMENT = {
  AWS_REGION: 'cn-north-1',
  STAGE: 'bench',
  SESSION_PUBLIC_KEY: 'none',
  MEALS_TABLE: 'm',
  ELDERS_TABLE: 'e',
  SESSIONS_TABLE: 's',
  DOMAIN_EVENTS_TOPIC_ARN: 'arn:aws-cn:sns:cn-north-1:000000000000:t',
  SESSION_KEY_ID: 'k',
  DEVICE_PUBLIC_KEY: 'none',
  DEVICE_KEY_ID: 'k',
  ALERTS_TABLE: 'a',
  ALERTS_TOPIC_ARN: 'arn:aws-cn:sns:cn-north-1:000000000000:a',
  ALERTS_API_URL: 'http://127.0.0.1:1',
  PRESSES_QUEUE_URL: 'http://127.0.0.1:1/p',
  TIMERS_QUEUE_URL: 'http://127.0.0.1:1/t',
  CHANNEL_QUEUES: '{}',
  VOICE_GATEWAY_URL: 'http://127.0.0.1:1',
  WEBHOOK_SECRET: 's',
  WECHAT_TEMPLATE_ID: 't',
  WECHAT_BASE_URL: 'http://127.0.0.1:1',
  WECHAT_APP_ID: 'a',
  WECHAT_SECRET_ARN: 'arn',
  SMS_GATEWAY_URL: 'http://127.0.0.1:1',
  SMS_GATEWAY_KEY_ARN: 'arn',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
};

/** Milliseconds that a fresh process takes to load the bundle, without the process's own start. */
function importTime(file: string): number {
  const directory = join(file, '..');
  writeFileSync(join(directory, 'policies.json'), '[]');
  const script = `const t=process.hrtime.bigint();require(${JSON.stringify(file)});process.stdout.write(String(Number(process.hrtime.bigint()-t)/1e6));process.exit(0)`;
  const { stdout, status, stderr } = spawnSync(process.execPath, ['-e', script], {
    env: { PATH: process.env.PATH, ...ENVIRONMENT, LAMBDA_TASK_ROOT: directory },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${file} cannot be loaded: ${stderr}`);
  return Number(stdout);
}

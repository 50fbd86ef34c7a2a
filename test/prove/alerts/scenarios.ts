import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type LocalCloud, startLocalCloud } from '../../../infra/local/local-cloud.ts';
import { privateKeyOf } from '../../api/support/tokens.ts';
import { documentClientAt } from '../../support/loaded-cloud.ts';
import { type AlertFigures, allHeard, figuresOf } from './hearing.ts';
import { type Press, pressAll } from './press.ts';
import { loadCircles } from './world.ts';

interface Scenario {
  readonly name: string;
  /** What is broken, as `npm start -- --fault` takes it, from the first press to the last answer. */
  readonly faults: string;
  /** A poison message into the topic after each tenth press. */
  readonly poison?: boolean;
  readonly says: string;
}

export const SCENARIOS: readonly Scenario[] = [
  { name: 'no_fault', faults: '', says: 'nothing is broken' },
  { name: 'sns_down', faults: 'sns=down', says: 'SNS is down for the whole run, also afterwards' },
  { name: 'dynamodb_throttled', faults: 'dynamodb=throttle:0.5', says: 'DynamoDB refuses every other call' },
  { name: 'dynamodb_down', faults: 'dynamodb=down', says: 'DynamoDB is down while people press, then comes back' },
  { name: 'channel_down', faults: 'voice=down', says: 'the voice gateway is down for the whole run' },
  { name: 'poison', faults: '', poison: true, says: 'a poison message after each tenth press' },
  { name: 'delivered_twice', faults: 'repeat:1', says: 'every message and record is delivered twice' },
  { name: 'killed_between', faults: 'sns=kill:0.05', says: 'a function is killed between put and publish' },
];

/** Faults that stay after the last answer: everybody must be heard in spite of them. The others end with the presses. */
const STAYING = new Set(['sns_down', 'channel_down', 'delivered_twice', 'dynamodb_throttled']);

const PATIENCE_MS = 30_000;
const DRAIN_MS = 240_000;
const LATE_COPIES_MS = 10_000;
const TEN = 10;

export interface Size {
  readonly alerts: number;
  readonly perSecond: number;
}

export interface ScenarioFigures extends AlertFigures {
  readonly says: string;
  /** While what was broken was still broken. */
  readonly heard_meanwhile: number;
  readonly drained_s: number;
}

/** Runs one scenario on a local cloud of its own and counts. */
export async function proveScenario(scenario: Scenario, { alerts, perSecond }: Size): Promise<ScenarioFigures> {
  const data = mkdtempSync(join(tmpdir(), 'anxin-prove-'));
  const cloud = await startLocalCloud({ port: 0, data, quiet: true, load: loadCircles(alerts) });
  const db = documentClientAt(cloud.engines.dynamodb);
  try {
    const poison = poisonIn(cloud);
    await cloud.setFaults(scenario.faults);
    const presses = await pressAll({
      api: cloud.apis.AnxinAlerts ?? '',
      key: privateKeyOf(readFileSync(join(data, 'session-key.pem'), 'utf8')),
      alerts,
      perSecond,
      patienceMs: PATIENCE_MS,
      ...(scenario.poison && { onPress: async (n: number) => (n % TEN === 0 ? poison(n) : undefined) }),
    });
    const meanwhile = new Set(cloud.received().map(({ alertId }) => alertId)).size;
    if (!STAYING.has(scenario.name)) await cloud.setFaults('');
    const drained_s = await drain(cloud, db, presses);
    const table = cloud.environment.ALERTS_TABLE ?? '';
    const figures = await figuresOf(db, table, presses, cloud.received());
    return { says: scenario.says, ...figures, heard_meanwhile: meanwhile, drained_s };
  } finally {
    db.destroy();
    await cloud.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

/** Waits until everybody was heard, or until it has waited long enough, and then for late copies. Answers the seconds until all were heard. */
async function drain(cloud: LocalCloud, db: DynamoDBDocumentClient, presses: readonly Press[]): Promise<number> {
  const started = Date.now();
  const table = cloud.environment.ALERTS_TABLE ?? '';
  while (Date.now() - started < DRAIN_MS && !(await allHeard(db, table, presses, cloud.received()))) await sleep(3000);
  const seconds = Math.round((Date.now() - started) / 1000);
  await sleep(LATE_COPIES_MS);
  return seconds;
}

/** Messages that nobody can read, to each kind of consumer in turn. */
function poisonIn(cloud: LocalCloud): (n: number) => Promise<void> {
  const sns = new SNSClient({
    endpoint: cloud.engines.messaging,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const channels = JSON.stringify(['inbox', 'voice', 'sms', 'wechat', 'partner']);
  return async (n) => {
    const isPress = (n / TEN) % 2 === 0;
    await sns.send(
      new PublishCommand({
        TopicArn: cloud.environment.ALERTS_TOPIC_ARN,
        Message: isPress ? '{"type":"press","press":{"pressId":7}}' : 'no json at all',
        MessageAttributes: {
          type: { DataType: 'String', StringValue: isPress ? 'press' : 'notice' },
          ...(!isPress && { channels: { DataType: 'String.Array', StringValue: channels } }),
        },
      }),
    );
  };
}

import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { pressKey, unkeptIndex } from '../../functions/alerts/keys.ts';
import { raiseRoutes } from '../../shared/routes/alerts.ts';
import { NOW } from '../support/a-town.ts';
import { startDynamo } from '../support/dynamodb.ts';
import { anHttpEvent } from '../support/http-event.ts';
import { testSessions } from '../support/session.ts';
import { median, round } from './median.ts';

const ROUNDS = 600;
const WARM_UP = 150;

export interface AlertFigures {
  /** Raising through the handler, stored and published, against the slower of one bare put and one bare publish. */
  alert_vs_bare: number;
  alert_ms: number;
  bare_put_ms: number;
  bare_publish_ms: number;
}

const CONFIG = { credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, region: 'cn-north-1' };

async function startMessagingApart(folder: string): Promise<{ child: ChildProcess; endpoint: string }> {
  const child = fork(new URL('./messaging-child.ts', import.meta.url), [folder]);
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve(String(message)));
    child.once('exit', (code) => reject(new Error(`the messaging engine ended with ${code}`)));
  });
  return { child, endpoint };
}

/** A topic with one queue behind it, as presses have. */
async function topicWithQueue(endpoint: string): Promise<string> {
  const sns = new SNSClient({ ...CONFIG, endpoint });
  const sqs = new SQSClient({ ...CONFIG, endpoint, useQueueUrlAsEndpoint: false });
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'alerts' }));
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'presses' }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const FilterPolicy = JSON.stringify({ type: ['press'] });
  await sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: 'sqs',
      Endpoint: Attributes?.QueueArn,
      Attributes: { FilterPolicy, RawMessageDelivery: 'true' },
    }),
  );
  return TopicArn;
}

/** Milliseconds of an alert raised through the deployed handler, and of its two calls made bare, in turn, on the same engines. */
export async function measureAlert(): Promise<AlertFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'anxin-bench-'));
  const dynamo = await startDynamo();
  const messaging = await startMessagingApart(folder);
  try {
    const [table, topic] = [await dynamo.createTable('Alerts'), await topicWithQueue(messaging.endpoint)];
    const sessions = testSessions('bench');
    const elderId = crypto.randomUUID();
    const token = await sessions.token({ personId: elderId, role: 'elder', elderId });
    Object.assign(process.env, {
      STAGE: 'bench',
      SESSION_PUBLIC_KEY: sessions.publicKey,
      DEVICE_PUBLIC_KEY: sessions.publicKey,
      ALERTS_TABLE: table,
      ALERTS_TOPIC_ARN: topic,
      AWS_ENDPOINT_URL_SNS: messaging.endpoint,
    });
    const { handler } = await import('../../functions/alerts/raise/api.ts');
    const db = new DynamoDBClient({ ...CONFIG, endpoint: dynamo.endpoint });
    const sns = new SNSClient({ ...CONFIG, endpoint: messaging.endpoint });
    const body = { source: 'key', position: { longitude: 103.8, latitude: 36.06, coordinates: 'gcj02' } };
    const ways = {
      handler: async (alertId: string) => {
        const event = anHttpEvent(raiseRoutes.raiseAlert.key, { params: { alertId }, body, token });
        const answer = (await handler(event as APIGatewayProxyEventV2)) as APIGatewayProxyStructuredResultV2;
        const said = JSON.parse(answer.body ?? '{}') as { stored?: boolean; published?: boolean };
        if (!said.stored || !said.published)
          throw new Error(`the handler answered ${answer.statusCode}: ${answer.body}`);
      },
      put: async (pressId: string) => {
        const item = { ...pressKey(pressId), ...unkeptIndex({ at: NOW, pressId }), ...pressOf(pressId) };
        await db.send(new PutItemCommand({ TableName: table, Item: marshall(item) }));
      },
      publish: async (pressId: string) => {
        await sns.send(
          new PublishCommand({
            TopicArn: topic,
            Message: JSON.stringify({ type: 'press', press: pressOf(pressId) }),
            MessageAttributes: { type: { DataType: 'String', StringValue: 'press' } },
          }),
        );
      },
    };
    const pressOf = (pressId: string) => ({
      pressId,
      at: NOW,
      elderId,
      by: { personId: elderId, role: 'elder' },
      drill: false,
      ...body,
    });
    const names = ['handler', 'put', 'publish'] as const;
    const times = { handler: [] as number[], put: [] as number[], publish: [] as number[] };
    for (let n = 0; n < ROUNDS + WARM_UP; n++) {
      // Which goes first changes each time.
      for (let turn = 0; turn < names.length; turn++) {
        const way = names[(n + turn) % names.length] as (typeof names)[number];
        const start = performance.now();
        await ways[way](crypto.randomUUID());
        if (n >= WARM_UP) times[way].push(performance.now() - start);
      }
    }
    db.destroy();
    sns.destroy();
    const [alert, put, publish] = [median(times.handler), median(times.put), median(times.publish)];
    return {
      alert_vs_bare: round(alert / Math.max(put, publish)),
      alert_ms: round(alert),
      bare_put_ms: round(put),
      bare_publish_ms: round(publish),
    };
  } finally {
    messaging.child.kill('SIGKILL');
    await dynamo.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

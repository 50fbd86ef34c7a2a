import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  CreateTopicCommand,
  ListSubscriptionsByTopicCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { CreateQueueCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';
import { clientConfig } from './clients.ts';
import { asArray, asObject, asText, type Json, type JsonObject } from './json.ts';
import { physicalName, queueName } from './resource-types.ts';
import type { Templates } from './template.ts';

/** SNS and SQS on this machine, in this process; messages outlive a restart and `kill -9` (SQLite, written through). */
export interface MessagingEngine {
  endpoint: string;
  sqs: SQSClient;
  sns: SNSClient;
  stop(): Promise<void>;
}

type BuildAppOptions = NonNullable<Parameters<typeof buildApp>[0]>;
type Stores = NonNullable<BuildAppOptions['stores']>;
/** What `persistence.js` inside fauxqs offers. The package exports only a starter that listens on every network interface. */
interface Persistence {
  loadSqsAndSns(sqs: Stores['sqsStore'], sns: Stores['snsStore']): void;
  close(): void;
}
interface Persistent {
  persistence?: Persistence;
}

async function persistentStores(data: string): Promise<{ stores: Stores; persistence: Persistence }> {
  const home = dirname(fileURLToPath(import.meta.resolve('fauxqs')));
  const part = (path: string): Promise<Record<string, new (data?: string) => unknown>> =>
    import(pathToFileURL(join(home, path)).href);
  const [{ PersistenceManager }, { SqsStore }, { SnsStore }, { S3Store }] = await Promise.all([
    part('persistence.js'),
    part('sqs/sqsStore.js'),
    part('sns/snsStore.js'),
    part('s3/s3Store.js'),
  ]);
  if (!PersistenceManager || !SqsStore || !SnsStore || !S3Store)
    throw new Error('this version of fauxqs is built otherwise: pin 2.4.1');
  const persistence = new PersistenceManager(data) as Persistence;
  const sqsStore = new SqsStore() as Stores['sqsStore'];
  const snsStore = new SnsStore() as Stores['snsStore'];
  persistence.loadSqsAndSns(sqsStore, snsStore);
  // Assigned after loading, or loading would write back what it reads.
  for (const store of [sqsStore, snsStore, ...sqsStore.allQueues()]) (store as Persistent).persistence = persistence;
  return { stores: { sqsStore, snsStore, s3Store: new S3Store() as Stores['s3Store'] }, persistence };
}

/** Starts SNS and SQS on loopback. Keeps the port of the last run when it is free: stored queue addresses carry it. */
export async function startMessaging(data: string): Promise<MessagingEngine> {
  const { stores, persistence } = await persistentStores(data);
  const app = buildApp({ logger: false, stores });
  app.server.keepAliveTimeout = 65_000;
  const portFile = join(data, 'messaging.port');
  const last = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : 0;
  const endpoint = await app
    .listen({ port: last, host: '127.0.0.1' })
    .catch(() => app.listen({ port: 0, host: '127.0.0.1' }));
  writeFileSync(portFile, new URL(endpoint).port);
  const config = clientConfig(endpoint);
  const sqs = new SQSClient({ ...config, useQueueUrlAsEndpoint: false });
  const sns = new SNSClient(config);
  return {
    endpoint,
    sqs,
    sns,
    async stop() {
      sqs.destroy();
      sns.destroy();
      app.server.closeAllConnections();
      await app.close();
      persistence.close();
    },
  };
}

/** Creates the template's queues, topics and subscriptions, or brings them up to date. Writes each queue's address to `addresses`, by ARN. */
export async function createMessaging(
  { sqs, sns }: MessagingEngine,
  templates: Templates,
  addresses: Map<string, string>,
): Promise<void> {
  // Queues that others point to as their dead letters come first.
  const queues = templates
    .ofType('AWS::SQS::Queue')
    .map((resource) => ({ resource, attributes: queueAttributes(templates.resolved(resource)) }));
  queues.sort((a, b) => Number('RedrivePolicy' in a.attributes) - Number('RedrivePolicy' in b.attributes));
  for (const { resource, attributes } of queues) {
    const QueueName = queueName(resource);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
    if (QueueUrl === undefined) throw new Error(`${resource.key}: the queue has no address`);
    if (Object.keys(attributes).length > 0)
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: attributes }));
    addresses.set(`arn:aws:sqs:us-east-1:000000000000:${QueueName}`, QueueUrl);
  }
  for (const topic of templates.ofType('AWS::SNS::Topic'))
    await sns.send(new CreateTopicCommand({ Name: physicalName(topic) }));
  for (const subscription of templates.ofType('AWS::SNS::Subscription')) {
    const properties = templates.resolved(subscription);
    if (properties.Protocol !== 'sqs') continue; // told loudly at start
    await subscribe(sns, properties);
  }
}

async function subscribe(sns: SNSClient, properties: JsonObject): Promise<void> {
  const TopicArn = asText(properties.TopicArn);
  const Endpoint = asText(properties.Endpoint);
  const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  for (const old of Subscriptions) {
    // Its filter may be another since the last start.
    if (old.Endpoint === Endpoint) await sns.send(new UnsubscribeCommand({ SubscriptionArn: old.SubscriptionArn }));
  }
  const wanted: Record<string, Json> = {
    FilterPolicy: properties.FilterPolicy === undefined ? undefined : forLists(asObject(properties.FilterPolicy)),
    FilterPolicyScope: properties.FilterPolicyScope,
    RawMessageDelivery: properties.RawMessageDelivery,
  };
  const Attributes = Object.fromEntries(
    Object.entries(wanted)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, asText(value)]),
  );
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes }));
}

/**
 * A filter's values also match one value of a list (`String.Array`). fauxqs (2.4.1) compares a list as the text that it is sent
 * as, `["sms","voice"]`, so that each value is looked for in that text besides.
 */
const forLists = (policy: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(policy).map(([name, values]) => [
      name,
      asArray(values).flatMap((value) => (typeof value === 'string' ? [value, { wildcard: `*"${value}"*` }] : [value])),
    ]),
  );

function queueAttributes(properties: JsonObject): Record<string, string> {
  const names = [
    'VisibilityTimeout',
    'MessageRetentionPeriod',
    'DelaySeconds',
    'ReceiveMessageWaitTimeSeconds',
    'RedrivePolicy',
  ];
  const attributes: Record<string, string> = {};
  for (const name of names) {
    const value =
      name === 'RedrivePolicy' && properties[name] !== undefined ? asObject(properties[name]) : properties[name];
    if (value !== undefined) attributes[name] = asText(value);
  }
  return attributes;
}

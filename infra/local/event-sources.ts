import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Checkpoints } from './checkpoints.ts';
import type { MessagingEngine } from './engine-messaging.ts';
import { eventFilter } from './event-filter.ts';
import type { FunctionHost } from './function-host.ts';
import { hostByArn } from './functions.ts';
import { asArray, asNumber, asObject, asText, type JsonObject } from './json.ts';
import type { Log } from './log.ts';
import { deliverQueue, type QueueSource } from './queue-source.ts';
import { runSchedule } from './schedules.ts';
import { deliverStream, type StreamSource } from './stream-source.ts';
import { Streams } from './streams.ts';
import type { LocalTable } from './tables.ts';
import type { Resource, Templates } from './template.ts';

/** What event sources need of the running system. */
export interface Plant {
  templates: Templates;
  functions: ReadonlyMap<string, FunctionHost>;
  tables: readonly LocalTable[];
  database: string;
  messaging: MessagingEngine;
  /** Queue addresses by ARN. */
  queues: ReadonlyMap<string, string>;
  checkpoints: Checkpoints;
  repeats: () => number;
  log: Log;
}

/** Starts every event source mapping and schedule of the template. Answers how to end them; what is under way is finished. */
export function startEventSources(plant: Plant): () => Promise<void> {
  const { templates, checkpoints, repeats, log } = plant;
  const ended = new AbortController();
  const { signal } = ended;
  const streams = new Streams(plant.database);
  const running: Promise<unknown>[] = [];
  for (const resource of templates.ofType('AWS::Lambda::EventSourceMapping')) {
    const properties = templates.resolved(resource);
    const arn = asText(properties.EventSourceArn);
    const host = hostOf(plant, resource, asText(properties.FunctionName));
    if (host === undefined) continue;
    if (arn.includes(':dynamodb:')) {
      const source = streamSource(plant, resource, properties, host);
      running.push(deliverStream(source, streams, checkpoints, repeats, log, signal));
    } else if (arn.includes(':sqs:')) {
      running.push(
        deliverQueue(queueSource(plant, resource, properties, host), plant.messaging.sqs, repeats, log, signal),
      );
    } else {
      log.loud(`${resource.key}: events from ${arn} are not delivered on this machine`);
    }
  }
  const schedules = templates.ofType('AWS::Events::Rule').flatMap((resource) => {
    const { ScheduleExpression, State, Targets } = templates.resolved(resource);
    if (ScheduleExpression === undefined) {
      log.loud(`${resource.key}: a rule without a schedule does not run on this machine`);
      return [];
    }
    if (State === 'DISABLED') return [];
    return asArray(Targets).flatMap((target) => {
      const { Arn, Input } = asObject(target);
      const host = hostOf(plant, resource, asText(Arn));
      const expression = asText(ScheduleExpression);
      return host ? [runSchedule({ key: resource.key, expression, host, input: Input }, checkpoints, log)] : [];
    });
  });
  return async () => {
    ended.abort();
    for (const schedule of schedules) schedule.stop();
    await Promise.all(running);
  };
}

function hostOf({ functions, log }: Plant, resource: Resource, name: string): FunctionHost | undefined {
  // A mapping names its function by ARN or by name alone.
  const host = hostByArn(functions, name) ?? [...functions].find(([arn]) => arn.endsWith(`:${name}`))?.[1];
  if (host === undefined) log.loud(`${resource.key}: its function ${name} does not run on this machine`);
  return host;
}

const tableOf = (plant: Plant, streamArn: string): LocalTable | undefined =>
  plant.tables.find(({ name }) => streamArn.includes(`:table/${name}/stream/`));

const reportsItems = (properties: JsonObject): boolean =>
  asArray(properties.FunctionResponseTypes).includes('ReportBatchItemFailures');

function streamSource(plant: Plant, resource: Resource, properties: JsonObject, host: FunctionHost): StreamSource {
  const visibleArn = asText(properties.EventSourceArn);
  const streamArn = tableOf(plant, visibleArn)?.streamArn;
  if (streamArn === undefined) throw new Error(`${resource.key}: ${visibleArn} has no stream`);
  const destination = asText(asObject(asObject(properties.DestinationConfig).OnFailure).Destination);
  const QueueUrl = plant.queues.get(destination);
  const age = asNumber(properties.MaximumRecordAgeInSeconds, -1);
  return {
    key: resource.key,
    streamArn,
    visibleArn,
    host,
    wants: eventFilter(properties),
    batchSize: asNumber(properties.BatchSize, 100),
    bisects: properties.BisectBatchOnFunctionError === true,
    reportsItems: reportsItems(properties),
    retries: asNumber(properties.MaximumRetryAttempts, -1),
    maxAgeMs: age < 0 ? -1 : age * 1000,
    onFailure:
      QueueUrl === undefined
        ? undefined
        : async (message) => {
            await plant.messaging.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));
          },
  };
}

function queueSource(plant: Plant, resource: Resource, properties: JsonObject, host: FunctionHost): QueueSource {
  const queueArn = asText(properties.EventSourceArn);
  const queueUrl = plant.queues.get(queueArn);
  if (queueUrl === undefined) throw new Error(`${resource.key}: there is no queue ${queueArn}`);
  return {
    key: resource.key,
    queueUrl,
    queueArn,
    host,
    batchSize: asNumber(properties.BatchSize, 10),
    windowSeconds: asNumber(properties.MaximumBatchingWindowInSeconds, 0),
    reportsItems: reportsItems(properties),
    concurrency: Math.min(asNumber(asObject(properties.ScalingConfig).MaximumConcurrency, 2), 4),
  };
}

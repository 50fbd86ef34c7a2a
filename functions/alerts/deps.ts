import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CompiledPolicy } from '../../shared/policy/engine.ts';
import { deployedPolicies } from '../platform/deployed.ts';
import { documentClient } from '../platform/dynamo.ts';
import { env } from '../platform/env.ts';
import { publisher, sender } from '../platform/messages.ts';
import { patientRetries } from '../platform/patient-retries.ts';
import type { ChannelQueues, NoticeWays, PressWays } from './notices/publish-notice.ts';

/** What every use case of alerts can work with: the table, the two ways to people, timers, and the cities' rules. */
export interface AlertDeps extends NoticeWays, PressWays {
  readonly db: DynamoDBDocumentClient;
  readonly alertsTable: string;
  readonly timersQueue: string;
  readonly policies: readonly CompiledPolicy[];
}

/** The ways to people, from the environment: ALERTS_TOPIC_ARN and CHANNEL_QUEUES (JSON: channel → address). */
export function noticeWays(): NoticeWays {
  const { ALERTS_TOPIC_ARN, CHANNEL_QUEUES } = env('ALERTS_TOPIC_ARN', 'CHANNEL_QUEUES');
  return {
    publish: publisher(ALERTS_TOPIC_ARN),
    send: sender(),
    channelQueues: JSON.parse(CHANNEL_QUEUES) as ChannelQueues,
  };
}

/** From the environment that the template gives; besides the ways to people ALERTS_TABLE, PRESSES_QUEUE_URL, TIMERS_QUEUE_URL. */
export function alertDeps(): AlertDeps {
  const { ALERTS_TABLE, PRESSES_QUEUE_URL, TIMERS_QUEUE_URL } = env(
    'ALERTS_TABLE',
    'PRESSES_QUEUE_URL',
    'TIMERS_QUEUE_URL',
  );
  return {
    ...noticeWays(),
    db: documentClient({ retryStrategy: patientRetries }),
    alertsTable: ALERTS_TABLE,
    pressesQueue: PRESSES_QUEUE_URL,
    timersQueue: TIMERS_QUEUE_URL,
    policies: deployedPolicies(),
  };
}

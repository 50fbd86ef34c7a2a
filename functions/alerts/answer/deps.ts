import { deployedPolicies } from '../../platform/deployed.ts';
import { documentClient } from '../../platform/dynamo.ts';
import { env } from '../../platform/env.ts';
import { patientRetries } from '../../platform/patient-retries.ts';
import { type AlertDeps, noticeWays } from '../deps.ts';

/** What the use cases of answering work with: the table, timers, and the ways to people. Built once, beside the handler. */
export type AnswerDeps = Pick<
  AlertDeps,
  'db' | 'alertsTable' | 'publish' | 'send' | 'channelQueues' | 'timersQueue' | 'policies'
>;

/** From the environment that the template gives: ALERTS_TABLE, TIMERS_QUEUE_URL, ALERTS_TOPIC_ARN, CHANNEL_QUEUES; and the policies. */
export function answerDeps(): AnswerDeps {
  const { ALERTS_TABLE, TIMERS_QUEUE_URL } = env('ALERTS_TABLE', 'TIMERS_QUEUE_URL');
  return {
    ...noticeWays(),
    db: documentClient({ retryStrategy: patientRetries }),
    alertsTable: ALERTS_TABLE,
    timersQueue: TIMERS_QUEUE_URL,
    policies: deployedPolicies(),
  };
}

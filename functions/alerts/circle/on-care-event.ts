import { DomainEvent } from '../../../shared/contracts/events.ts';
import { queueConsumer } from '../../platform/consumer.ts';
import { deployedPolicies } from '../../platform/deployed.ts';
import { documentClient } from '../../platform/dynamo.ts';
import { env } from '../../platform/env.ts';
import { sender } from '../../platform/messages.ts';
import { careEvent } from './care-event.ts';
import type { Timed } from './deps.ts';

const { ALERTS_TABLE, TIMERS_QUEUE_URL } = env('ALERTS_TABLE', 'TIMERS_QUEUE_URL');
const deps: Timed = {
  db: documentClient(),
  alertsTable: ALERTS_TABLE,
  policies: deployedPolicies(),
  send: sender(),
  timersQueue: TIMERS_QUEUE_URL,
};

/** The queue of what alerts must know of elders, people and missed meals. */
export const handler = queueConsumer(DomainEvent, (event, { now }) => careEvent(deps, event, now));

import { SNSClient } from '@aws-sdk/client-sns';
import { streamConsumer } from '../platform/consumer.ts';
import { domainEvents } from '../platform/domain-events.ts';
import { env } from '../platform/env.ts';
import { mealDeps } from './deps.ts';
import { mealChanged } from './meal-changed.ts';

const { DOMAIN_EVENTS_TOPIC_ARN } = env('DOMAIN_EVENTS_TOPIC_ARN');
const deps = mealDeps();
const publish = domainEvents(new SNSClient(), DOMAIN_EVENTS_TOPIC_ARN);

/** The meals table's stream: says that a meal was missed, and counts a settled sitting anew when an order in it changes after all. */
export const handler = streamConsumer((change) => mealChanged(deps, publish, change));

import { SNSClient } from '@aws-sdk/client-sns';
import { streamConsumer } from '../platform/consumer.ts';
import { domainEvents } from '../platform/domain-events.ts';
import { env } from '../platform/env.ts';
import { personChanged } from './person-events.ts';

const { DOMAIN_EVENTS_TOPIC_ARN } = env('DOMAIN_EVENTS_TOPIC_ARN');
const publish = domainEvents(new SNSClient(), DOMAIN_EVENTS_TOPIC_ARN);

/** The sessions table's stream: says who signs in, where they work, and how to reach them. */
export const handler = streamConsumer((change) => personChanged(publish, change));

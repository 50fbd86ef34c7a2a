import { SNSClient } from '@aws-sdk/client-sns';
import { streamConsumer } from '../platform/consumer.ts';
import { domainEvents } from '../platform/domain-events.ts';
import { env } from '../platform/env.ts';
import { elderChanged } from './elder-events.ts';

const { DOMAIN_EVENTS_TOPIC_ARN } = env('DOMAIN_EVENTS_TOPIC_ARN');
const publish = domainEvents(new SNSClient(), DOMAIN_EVENTS_TOPIC_ARN);

/** The elders table's stream: says who died, is away, or is back, and what others may know of an elder. */
export const handler = streamConsumer((change) => elderChanged(publish, change));

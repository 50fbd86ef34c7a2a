import { DomainEvent } from '../../shared/contracts/events.ts';
import { queueConsumer } from '../platform/consumer.ts';
import { mealDeps } from './deps.ts';
import { elderStandingChanged } from './elder-standing-changed.ts';

const deps = mealDeps();

/** The queue of elders' deaths, pauses and returns. */
export const handler = queueConsumer(DomainEvent, (event, { now }) => elderStandingChanged(deps, event, now));

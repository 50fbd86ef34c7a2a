import { Duration } from 'aws-cdk-lib';
import { Rule, type Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import { deadLetters } from './dead-lettered-queue.ts';
import type { FeatureFunction } from './feature-function.ts';

/**
 * Invokes a function at set times. A rule of the event bus, in UTC: EventBridge Scheduler, which knows time zones, has not been
 * in the China regions for as long. China has no daylight saving, so UTC+8 is exact all year.
 */
export function onSchedule(
  scope: Construct,
  id: string,
  props: { schedule: Schedule; target: FeatureFunction; alarms: Alarms },
): Rule {
  const deadLetterQueue = deadLetters(scope, `${id}DeadLetters`, props.alarms);
  return new Rule(scope, id, {
    schedule: props.schedule,
    targets: [
      new LambdaFunction(props.target.lambda, { deadLetterQueue, retryAttempts: 3, maxEventAge: Duration.hours(2) }),
    ],
  });
}

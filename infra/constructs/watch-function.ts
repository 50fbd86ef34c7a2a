import { Duration } from 'aws-cdk-lib';
import type { Alarms } from './alarms.ts';
import type { FeatureFunction } from './feature-function.ts';

/** The two alarms that every function has. */
export function watchFunction(fn: FeatureFunction, alarms: Alarms): void {
  const period = Duration.minutes(1);
  alarms.add(fn, 'function-errors', {
    metric: fn.lambda.metricErrors({ period, statistic: 'Sum' }),
    threshold: 3,
    periods: 3,
    says: 'the function throws or times out',
  });
  alarms.add(fn, 'function-throttles', {
    metric: fn.lambda.metricThrottles({ period, statistic: 'Sum' }),
    threshold: 1,
    periods: 3,
    says: 'there is no room for more invocations',
  });
}

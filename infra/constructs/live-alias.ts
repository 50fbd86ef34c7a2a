import { Duration } from 'aws-cdk-lib';
import { Alias, type IFunction, type IVersion } from 'aws-cdk-lib/aws-lambda';
import type { Alarms } from './alarms.ts';
import type { FeatureFunction } from './feature-function.ts';

/** How many invocations of a function are kept warm: at rest, and at most. */
export interface Warmth {
  readonly least: number;
  readonly most: number;
}

/** Scaling begins here: it takes a minute or two, and the rest must carry what comes in the meantime. */
const FULL = 0.6;

/**
 * The alias `live` of a function, with sandboxes that are up before anybody calls (provisioned concurrency), more of them when
 * they are in use. Callers must use the alias: the function itself, called by its plain name, starts cold.
 */
export function liveAlias(fn: FeatureFunction, { least, most }: Warmth, alarms: Alarms): IFunction {
  const alias = new Alias(fn, 'Live', {
    aliasName: 'live',
    // CDK's own types differ in what may be undefined.
    version: fn.lambda.currentVersion as IVersion,
    provisionedConcurrentExecutions: least,
  });
  alias.addAutoScaling({ minCapacity: least, maxCapacity: most }).scaleOnUtilization({ utilizationTarget: FULL });
  alarms.add(fn, 'spill-over', {
    metric: alias.metric('ProvisionedConcurrencySpilloverInvocations', {
      period: Duration.minutes(1),
      statistic: 'Sum',
    }),
    threshold: 1,
    periods: 3,
    says: 'there is not enough warm room: some calls wait for a cold start',
  });
  return alias as IFunction;
}

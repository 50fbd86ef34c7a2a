import type { Duration } from 'aws-cdk-lib';
import { Metric, Unit } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type IFilterPattern, type LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { StageSettings } from '../stage-settings.ts';

/**
 * What is counted from log lines. The names are fixed, so that AnxinWatch can show and watch them without needing the stack that
 * writes them: it rings also when that stack is gone.
 */
export const LOG_METRICS = {
  raised: { name: 'AlertsRaised', unit: Unit.COUNT },
  refused: { name: 'AlertsRefused', unit: Unit.COUNT },
  raiseMs: { name: 'AlertRaiseTime', unit: Unit.MILLISECONDS },
  putFailed: { name: 'AlertPutFailures', unit: Unit.COUNT },
  publishFailed: { name: 'AlertPublishFailures', unit: Unit.COUNT },
  firstRing: { name: 'AlertFirstRing', unit: Unit.SECONDS },
  oldestUnanswered: { name: 'AlertOldestUnanswered', unit: Unit.SECONDS },
  canarySeconds: { name: 'CanarySeconds', unit: Unit.SECONDS },
  canaryMissed: { name: 'CanaryMissed', unit: Unit.COUNT },
} as const;
export type LogMetric = keyof typeof LOG_METRICS;

const namespaceOf = ({ name }: StageSettings): string => `Anxin/${name}`;

/** The metric itself, for an alarm or a graph. */
export const logMetric = (
  settings: StageSettings,
  metric: LogMetric,
  { period, statistic }: { period: Duration; statistic: string },
): Metric => {
  const { name, unit } = LOG_METRICS[metric];
  return new Metric({ namespace: namespaceOf(settings), metricName: name, unit, period, statistic });
};

/** Makes the lines of a log that fit a pattern into a metric: `value` is a field (`$.seconds`), or `1` to count. */
export function measureLog(
  logGroup: LogGroup,
  metric: LogMetric,
  { settings, pattern, value }: { settings: StageSettings; pattern: IFilterPattern; value: string },
): void {
  const { name, unit } = LOG_METRICS[metric];
  new MetricFilter(logGroup, name, {
    logGroup,
    metricNamespace: namespaceOf(settings),
    metricName: name,
    metricValue: value,
    unit,
    filterPattern: pattern,
  });
}

/** The lines that a function writes with these words (`log.error('publish failed', …)`). */
export const saying = (words: string): IFilterPattern => FilterPattern.stringValue('$.message', '=', words);

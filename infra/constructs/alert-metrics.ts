import { FilterPattern, type LogGroup } from 'aws-cdk-lib/aws-logs';
import { raiseRoutes } from '../../shared/routes/alerts.ts';
import type { StageSettings } from '../stage-settings.ts';
import type { FeatureFunction } from './feature-function.ts';
import { type LogMetric, measureLog, saying } from './log-metrics.ts';

/** Words that functions of alerts write, and the figure that each line is. */
const LINES = {
  putFailed: { words: 'put failed', value: '1' },
  publishFailed: { words: 'publish failed', value: '1' },
  firstRing: { words: 'first ring', value: '$.seconds' },
  oldestUnanswered: { words: 'oldest unanswered', value: '$.seconds' },
  canarySeconds: { words: 'canary heard', value: '$.seconds' },
  canaryMissed: { words: 'canary missed', value: '1' },
} as const satisfies Partial<Record<LogMetric, { words: string; value: string }>>;

/** Makes a figure of the lines that a function writes: no library in the fast path counts. */
export function measureLines(
  { logGroup }: FeatureFunction,
  settings: StageSettings,
  ...metrics: (keyof typeof LINES)[]
): void {
  for (const metric of metrics) {
    const { words, value } = LINES[metric];
    measureLog(logGroup, metric, { settings, pattern: saying(words), value });
  }
}

/** How many presses got a yes, how many did not, and how long the yes took: from the access log of the API. */
export function measureRaising(accessLog: LogGroup, settings: StageSettings): void {
  const raising = FilterPattern.stringValue('$.route', '=', raiseRoutes.raiseAlert.key);
  const answered = FilterPattern.all(raising, FilterPattern.numberValue('$.status', '=', 200));
  const refused = FilterPattern.all(raising, FilterPattern.numberValue('$.status', '>=', 500));
  measureLog(accessLog, 'raised', { settings, pattern: answered, value: '1' });
  measureLog(accessLog, 'raiseMs', { settings, pattern: answered, value: '$.ms' });
  measureLog(accessLog, 'refused', { settings, pattern: refused, value: '1' });
}

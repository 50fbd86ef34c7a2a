import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  MathExpression,
  SingleValueWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { type LogMetric, logMetric } from '../constructs/log-metrics.ts';
import type { StageSettings } from '../stage-settings.ts';
import type { AnxinData } from './anxin-data.ts';

const MINUTE = Duration.minutes(1);
const WIDE = 24;
const HALF = 12;
const THIRD = 8;

/** A promise of AnxinAlerts, and when it counts as broken. */
interface Promised {
  readonly metric: LogMetric;
  readonly period: Duration;
  readonly statistic: string;
  readonly threshold: number;
  readonly periods: number;
  readonly below?: true;
  readonly silence?: true;
  readonly says: string;
}

const PROMISES = {
  'alerts-refused': {
    metric: 'refused',
    period: MINUTE,
    statistic: 'Sum',
    threshold: 1,
    periods: 1,
    says: 'somebody pressed and got no yes',
  },
  'raise-slow': {
    metric: 'raiseMs',
    period: Duration.minutes(5),
    statistic: 'p99',
    threshold: 1000,
    periods: 2,
    says: 'one press in a hundred waits for its yes longer than a second',
  },
  'put-failed': {
    metric: 'putFailed',
    period: MINUTE,
    statistic: 'Sum',
    threshold: 3,
    periods: 2,
    says: 'the alerts table does not take presses: the topic carries them',
  },
  'publish-failed': {
    metric: 'publishFailed',
    period: MINUTE,
    statistic: 'Sum',
    threshold: 3,
    periods: 2,
    says: 'SNS does not take messages: the second way carries them',
  },
  unanswered: {
    metric: 'oldestUnanswered',
    period: MINUTE,
    statistic: 'Maximum',
    // 99 % are to be answered within 180 s (TSA quality standard): this one is not.
    threshold: 180,
    periods: 1,
    says: 'an alert has waited for three minutes and nobody has answered',
  },
  'canary-missed': {
    metric: 'canaryMissed',
    period: Duration.minutes(5),
    statistic: 'Sum',
    threshold: 1,
    periods: 1,
    says: 'a test alert was not heard within 30 seconds',
  },
  'canary-silent': {
    metric: 'canarySeconds',
    // Three test alerts should have come in it.
    period: Duration.minutes(15),
    statistic: 'SampleCount',
    threshold: 1,
    periods: 1,
    below: true,
    silence: true,
    says: 'no test alert was heard for a quarter of an hour',
  },
} as const satisfies Record<string, Promised>;

/**
 * Watches what was promised, from outside of what it watches: it knows the figures by their names and the alarms by theirs, and
 * needs neither AnxinAlerts nor AnxinApi to be there. When AnxinAlerts is gone, or its deployment went wrong, this still rings.
 */
export class AnxinWatch extends Stack {
  constructor(
    scope: Construct,
    id: string,
    props: StackProps & { settings: StageSettings; data: AnxinData; watched: { alerts: Stack; api: Stack } },
  ) {
    super(scope, id, props);
    const { settings, data, watched } = props;
    const figure = (metric: LogMetric, statistic: string, period = MINUTE): IMetric =>
      logMetric(settings, metric, { statistic, period });
    for (const [kind, promise] of Object.entries(PROMISES) as [keyof typeof PROMISES, Promised][]) {
      const { metric, statistic, period, ...when } = promise;
      data.alarms.add(new Construct(this, metric), kind, { ...when, metric: figure(metric, statistic, period) });
    }
    new Dashboard(this, 'Dashboard', {
      dashboardName: `anxin-${settings.name}`,
      defaultInterval: Duration.hours(3),
      widgets: [
        ...this.#alerts(watched.alerts.stackName, figure, data.alarms.namesIn(this.stackName)),
        ...this.#states('Machinery of alerts', data.alarms.namesIn(watched.alerts.stackName)),
        ...this.#lunch(watched.api.stackName, [
          ...data.alarms.namesIn(watched.api.stackName),
          ...data.alarms.namesIn(data.stackName),
        ]),
      ],
    });
  }

  #alerts(
    stack: string,
    figure: (metric: LogMetric, statistic: string, period?: Duration) => IMetric,
    promises: readonly string[],
  ): IWidget[][] {
    const graph = (title: string, ...left: IMetric[]): GraphWidget => new GraphWidget({ title, left, width: THIRD });
    return [
      [new TextWidget({ markdown: '# Alerts: every kind of alarm has its line in docs/operations.md', width: WIDE })],
      this.#states('What was promised', promises)[0] ?? [],
      [
        new SingleValueWidget({
          title:
            'The last hour: pressed and got a yes, got none; not stored, not published at first; test alerts missed',
          metrics: (['raised', 'refused', 'putFailed', 'publishFailed', 'canaryMissed'] as const).map((metric) =>
            figure(metric, 'Sum', Duration.hours(1)),
          ),
          width: WIDE,
        }),
      ],
      [
        graph('Seconds from press to first ring', figure('firstRing', 'p50'), figure('firstRing', 'p99')),
        graph('Oldest unanswered alert, seconds', figure('oldestUnanswered', 'Maximum')),
        graph('Canary, seconds', figure('canarySeconds', 'Maximum', Duration.minutes(5))),
      ],
      [
        graph('Raising, milliseconds', figure('raiseMs', 'p50'), figure('raiseMs', 'p99')),
        graph('Throttled', search(stack, 'AWS/Lambda,FunctionName', 'Throttles', 'Sum')),
        graph(
          'Past the warm room',
          search(stack, 'AWS/Lambda,FunctionName,Resource', 'ProvisionedConcurrencySpilloverInvocations', 'Sum'),
          search(stack, 'AWS/Lambda,FunctionName,Resource', 'ProvisionedConcurrencyUtilization', 'Maximum'),
        ),
      ],
      [
        graph(
          'Oldest message of each queue, seconds',
          search(stack, 'AWS/SQS,QueueName', 'ApproximateAgeOfOldestMessage', 'Maximum'),
        ),
        graph(
          'Messages waiting, dead letters among them',
          search(stack, 'AWS/SQS,QueueName', 'ApproximateNumberOfMessagesVisible', 'Maximum'),
        ),
        graph('Errors of functions', search(stack, 'AWS/Lambda,FunctionName', 'Errors', 'Sum')),
      ],
    ];
  }

  #lunch(stack: string, alarms: readonly string[]): IWidget[][] {
    const graph = (title: string, ...left: IMetric[]): GraphWidget => new GraphWidget({ title, left, width: HALF });
    return [
      [new TextWidget({ markdown: '# Lunch', width: WIDE })],
      ...this.#states('Lunch and data', alarms),
      [
        graph('Requests by function', search(stack, 'AWS/Lambda,FunctionName', 'Invocations', 'Sum')),
        graph('Milliseconds, p99', search(stack, 'AWS/Lambda,FunctionName', 'Duration', 'p99')),
      ],
      [
        graph('Errors', search(stack, 'AWS/Lambda,FunctionName', 'Errors', 'Sum')),
        graph(
          'Oldest message of each queue, seconds',
          search(stack, 'AWS/SQS,QueueName', 'ApproximateAgeOfOldestMessage', 'Maximum'),
        ),
      ],
    ];
  }

  /** Alarms with their states; a widget takes a hundred at most. */
  #states(title: string, names: readonly string[]): IWidget[][] {
    const rows: IWidget[][] = [];
    for (let from = 0; from < names.length; from += 100) {
      const alarms = names.slice(from, from + 100).map((name) => Alarm.fromAlarmName(this, `Shown-${name}`, name));
      rows.push([new AlarmStatusWidget({ title, alarms, width: WIDE })]);
    }
    return rows;
  }
}

/** Every metric of a stack's things by one name: CloudFormation begins their names with the stack's. What is added is shown by itself. */
const search = (stack: string, schema: string, metric: string, statistic: string): IMetric =>
  new MathExpression({
    expression: `SEARCH('{${schema}} ${stack} MetricName="${metric}"', '${statistic}', 60)`,
    usingMetrics: {},
    label: '',
    period: MINUTE,
  });

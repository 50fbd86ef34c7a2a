import { Names, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct, type IConstruct } from 'constructs';
import type { StageSettings } from '../stage-settings.ts';

/** What rings. Each kind has its heading in `docs/operations.md`, with what it means and what to do; a test holds the two together. */
export const ALARM_KINDS = [
  'function-errors',
  'function-throttles',
  'stream-delay',
  'dead-letters',
  'queue-age',
  'api-faults',
  'api-slow',
  'table-throttles',
  'table-faults',
  'spill-over',
  'alerts-refused',
  'raise-slow',
  'put-failed',
  'publish-failed',
  'unanswered',
  'canary-missed',
  'canary-silent',
] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];

interface AlarmProps {
  metric: IMetric;
  /** Rings when the metric reaches it. */
  threshold: number;
  /** … in this many periods running. */
  periods: number;
  /** Rings when the metric falls below the threshold instead. */
  below?: true;
  /** Silence rings too: for what must be heard from time to time. */
  silence?: true;
  says: string;
}

/** An alarm by what it is called. */
interface Made {
  readonly name: string;
  readonly stack: string;
}

/** The stage's alarms, and the topic that tells people of them. */
export class Alarms extends Construct {
  readonly #topic: Topic;
  readonly #stage: string;
  readonly #made: Made[] = [];

  constructor(scope: Construct, id: string, settings: StageSettings) {
    super(scope, id);
    this.#stage = settings.name;
    // CloudWatch cannot publish to a topic under AWS's own SNS key, so the topic has one of its own.
    const key = new Key(this, 'Key', {
      description: 'Encrypts the alarms topic',
      enableKeyRotation: true,
      removalPolicy: settings.removal,
    });
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');
    key.grant(cloudWatch, 'kms:Decrypt', 'kms:GenerateDataKey');
    this.#topic = new Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    this.#topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudWatch],
        actions: ['sns:Publish'],
        resources: [this.#topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (settings.alarmMail) this.#topic.addSubscription(new EmailSubscription(settings.alarmMail));
  }

  /** The names of a stack's alarms, so that another can show them without needing that stack. */
  namesIn(stack: string): string[] {
    return this.#made.filter((each) => each.stack === stack).map(({ name }) => name);
  }

  /** An alarm on one thing. Its name says the kind, its description where to read what to do. */
  add(on: IConstruct, kind: AlarmKind, { metric, threshold, periods, below, silence, says }: AlarmProps): void {
    const stack = Stack.of(on);
    const thing = Names.uniqueResourceName(on, { maxLength: 80, separator: '-' });
    const alarmName = `anxin-${this.#stage}-${kind}-${thing}`;
    this.#made.push({ name: alarmName, stack: stack.stackName });
    const alarm = new Alarm(on as Construct, `Alarm-${kind}`, {
      alarmName,
      alarmDescription: `${stack.stackName}: ${says}. See docs/operations.md, ${kind}.`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: silence ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.#topic));
    alarm.addOkAction(new SnsAction(this.#topic));
  }
}

import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import { deadLetters } from './dead-lettered-queue.ts';
import type { FeatureFunction } from './feature-function.ts';

/**
 * Feeds the changes of a table's items with one sort key to a function (`only` their first writes), in order. A batch that fails is split until the bad record stands alone; after ten tries
 * or a day that one goes to the dead letters (its place in the stream, to be read again within a day), and the rest goes on.
 */
export function onStream(
  scope: Construct,
  id: string,
  props: { table: Table; target: FeatureFunction; alarms: Alarms; sortKey: string; only?: 'INSERT' },
): void {
  const { table, target, alarms, sortKey, only } = props;
  const streamArn = table.tableStreamArn;
  if (streamArn === undefined) throw new Error(`${table.node.path} has no stream`);
  const dead = deadLetters(scope, `${id}DeadLetters`, alarms);
  target.allow(
    ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
    [streamArn],
  );
  new EventSourceMapping(scope, id, {
    target: target.lambda,
    eventSourceArn: streamArn,
    // What the function would pass over is not handed to it, and not paid for.
    filters: [
      FilterCriteria.filter({
        ...(only && { eventName: FilterRule.isEqual(only) }),
        dynamodb: { Keys: { sk: { S: FilterRule.isEqual(sortKey) } } },
      }),
    ],
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 100,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: 10,
    maxRecordAge: Duration.hours(23),
    parallelizationFactor: 4,
    onFailure: new SqsDlq(dead),
  });
  alarms.add(target, 'stream-delay', {
    metric: target.lambda.metric('IteratorAge', { period: Duration.minutes(1), statistic: 'Maximum' }),
    threshold: 5 * 60 * 1000,
    periods: 5,
    says: 'events leave more than five minutes late',
  });
}

import { Operation, type Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Alarms } from './alarms.ts';

/** The two alarms that every table has. */
export function watchTable(table: Table, alarms: Alarms): void {
  const operations = [
    Operation.GET_ITEM,
    Operation.BATCH_GET_ITEM,
    Operation.QUERY,
    Operation.PUT_ITEM,
    Operation.UPDATE_ITEM,
    Operation.TRANSACT_WRITE_ITEMS,
  ];
  alarms.add(table, 'table-throttles', {
    metric: table.metricThrottledRequestsForOperations({ operations }),
    threshold: 10,
    periods: 2,
    says: 'calls are refused for their rate',
  });
  alarms.add(table, 'table-faults', {
    metric: table.metricSystemErrorsForOperations({ operations }),
    threshold: 5,
    periods: 2,
    says: 'DynamoDB itself fails',
  });
}

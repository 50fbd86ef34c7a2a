import type { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';

/** Every table has these two secondary indexes; which keys they hold is the feature's own matter (its `keys.ts`). */
export const INDEXES = ['gsi1', 'gsi2'] as const;

/**
 * One table per feature: string keys `pk`/`sk`, two sparse indexes, a stream with both images, expiry by `ttl` (epoch
 * seconds), encryption, and 35 days of point-in-time recovery.
 */
export function featureTable(scope: Construct, id: string, props: { removal: RemovalPolicy; protect: boolean }): Table {
  const table = new Table(scope, id, {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    encryption: TableEncryption.AWS_MANAGED,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
    timeToLiveAttribute: 'ttl',
    removalPolicy: props.removal,
    deletionProtection: props.protect,
  });
  for (const index of INDEXES) {
    table.addGlobalSecondaryIndex({
      indexName: index,
      partitionKey: { name: `${index}pk`, type: AttributeType.STRING },
      sortKey: { name: `${index}sk`, type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
  }
  return table;
}

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '../platform/dynamo.ts';
import { env } from '../platform/env.ts';

/** What the use cases of elders work with. Built once, beside the handler. */
export interface ElderDeps {
  readonly db: DynamoDBDocumentClient;
  readonly eldersTable: string;
}

export const elderDeps = (): ElderDeps => ({ db: documentClient(), eldersTable: env('ELDERS_TABLE').ELDERS_TABLE });

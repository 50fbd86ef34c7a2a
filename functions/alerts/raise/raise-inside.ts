import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Refusal } from '../../../shared/contracts/refusal.ts';
import type { AlertDeps } from '../deps.ts';
import { unkeptIndex } from '../keys.ts';
import { publishPress } from '../notices/publish-notice.ts';
import { pressItem } from '../press.ts';
import { PressRecord } from '../records.ts';
import { type Received, receivePress } from './receive-press.ts';

/**
 * Raises an alert from inside: a drill, a check that was not made. The same two ways side by side, the same yes, the same second way
 * of each. Refuses `alert-not-passed-on`.
 */
export const raiseInside = (
  deps: Pick<AlertDeps, 'db' | 'alertsTable' | 'publish' | 'send' | 'pressesQueue'>,
  press: PressRecord,
): Promise<Received | Refusal> =>
  receivePress(
    {
      put: (each, abortSignal) => putPress(deps, each, abortSignal),
      publish: (each) => publishPress(deps, each),
    },
    press,
    // The ways to the topic and the queue have deadlines of their own.
    { deadline: 5000, tries: 1 },
  );

async function putPress(
  { db, alertsTable }: Pick<AlertDeps, 'db' | 'alertsTable'>,
  press: PressRecord,
  abortSignal: AbortSignal,
): Promise<PressRecord | undefined> {
  try {
    await db.send(
      new PutCommand({
        TableName: alertsTable,
        Item: { ...pressItem(press), ...unkeptIndex(press) },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
      { abortSignal },
    );
    return undefined;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException) || error.Item === undefined) throw error;
    return PressRecord.parse(unmarshall(error.Item));
  }
}

import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { type Standing, type StoredStanding, standingOf } from '../platform/standing.ts';
import { personKey } from './keys.ts';
import { ReachablePerson } from './records.ts';

/**
 * Whether somebody is still who their session says, by what alerts were told of them: they read no table of others. Somebody of whom
 * they have not heard yet has just signed in for the first time, and is taken at the token's word.
 */
export const standingOfTold = (db: DynamoDBDocumentClient, alertsTable: string): Standing =>
  standingOf({ read: (personId) => readTold(db, alertsTable, personId), unknown: 'may-be-new' });

async function readTold(
  db: DynamoDBDocumentClient,
  alertsTable: string,
  personId: string,
): Promise<StoredStanding | undefined> {
  const { Item } = await db.send(
    new GetCommand({ TableName: alertsTable, Key: personKey(personId), ConsistentRead: true }),
  );
  if (Item === undefined) return undefined;
  const { role, area, elderId, epoch = 0, removedAt } = ReachablePerson.parse(Item);
  return { role, area, elderId, epoch, removed: removedAt !== undefined };
}

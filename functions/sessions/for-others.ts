import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { type Standing, type StoredStanding, standingOf } from '../platform/standing.ts';
import { personKey } from './keys.ts';
import { StoredPerson } from './person.ts';

/** What other features need of people who sign in: whether somebody is still who their session says. From the people's own table. */
export const standingOfPeople = (db: DynamoDBDocumentClient, sessionsTable: string): Standing =>
  standingOf({ read: (personId) => readStanding(db, sessionsTable, personId), unknown: 'is-nobody' });

async function readStanding(
  db: DynamoDBDocumentClient,
  sessionsTable: string,
  personId: string,
): Promise<StoredStanding | undefined> {
  const { Item } = await db.send(
    new GetCommand({ TableName: sessionsTable, Key: personKey(personId), ConsistentRead: true }),
  );
  if (Item === undefined) return undefined;
  const { role, area, canteenId, elderId, epoch, removedAt } = StoredPerson.parse(Item);
  return { role, area, canteenId, elderId, epoch, removed: removedAt !== null };
}

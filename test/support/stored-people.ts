import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Who } from '../../functions/platform/who.ts';
import { newPerson, type StoredPerson } from '../../functions/sessions/person.ts';
import { personItem } from '../../functions/sessions/person-items.ts';

/** Puts somebody into the sessions table as who they are: a session of theirs stands. */
export const storePerson = (
  db: DynamoDBDocumentClient,
  table: string,
  { epoch, ...who }: Who,
  over: Partial<StoredPerson> = {},
) =>
  db.send(
    new PutCommand({
      TableName: table,
      Item: personItem({ ...newPerson({ name: '某人', ...who }), epoch: epoch ?? 0, ...over }),
    }),
  );

import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Person } from '../../shared/contracts/people.ts';
import { type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import type { Who } from '../platform/who.ts';
import type { SessionDeps } from './deps.ts';
import { personKey } from './keys.ts';
import { personView } from './person.ts';
import { readPerson } from './person-store.ts';

/** The person of this session, as stored now: role or area may have changed since the token was signed. */
export async function whoAmI(deps: SessionDeps, who: Who): Promise<Person | Refusal> {
  const person = await readPerson(deps, who.personId);
  return person?.removedAt === null ? personView(person) : refuse('session-expired');
}

/** Ends every refresh token of this person, on every device. Session tokens run out by themselves. */
export async function signOut({ db, sessionsTable }: SessionDeps, who: Who): Promise<Record<string, never>> {
  try {
    await db.send(
      new UpdateCommand({
        TableName: sessionsTable,
        Key: personKey(who.personId),
        UpdateExpression: 'SET epoch = epoch + :one, rev = rev + :one',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':one': 1 },
      }),
    );
  } catch (error) {
    // A person who is not there has no refresh token that works.
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
  return {};
}

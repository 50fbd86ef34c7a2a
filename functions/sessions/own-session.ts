import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Person } from '../../shared/contracts/people.ts';
import { type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import type { Answer } from '../platform/endpoint.ts';
import { transact } from '../platform/transact.ts';
import type { Who } from '../platform/who.ts';
import type { SessionDeps } from './deps.ts';
import { personKey } from './keys.ts';
import { personView, type StoredPerson } from './person.ts';
import { putPerson, readPerson } from './person-store.ts';

/** The person of this session, as stored now: role or area may have changed since the token was signed. */
export async function whoAmI(deps: SessionDeps, who: Who): Promise<Person | Refusal> {
  const person = await readPerson(deps, who.personId);
  return person?.removedAt === null ? personView(person) : refuse('session-expired');
}

const ROUNDS = 4;

/**
 * Somebody says what they are called: WeChat tells no names, and an alert says who is coming. The same again changes nothing.
 *
 * Refuses: `session-expired`, `busy`.
 */
export async function nameMyself(deps: SessionDeps, who: Who, name: string): Promise<Answer<Person>> {
  for (let round = 0; round < ROUNDS; round++) {
    const before = await readPerson(deps, who.personId);
    if (before === undefined || before.removedAt !== null || before.epoch !== (who.epoch ?? 0))
      return refuse('session-expired');
    if (before.name === name) return { replayed: personView(before) };
    const after: StoredPerson = { ...before, name, rev: before.rev + 1 };
    const outcome = await transact<'person'>(deps.db, [putPerson(deps.sessionsTable, after)]);
    if (outcome.committed) return personView(after);
    if ('busy' in outcome) break;
  }
  return refuse('busy');
}

/** Ends every session of this person, on every device: refresh tokens at once, session tokens within a minute. */
export async function signOut(deps: SessionDeps, { personId, epoch = 0 }: Who): Promise<Record<string, never>> {
  await endSessions(deps, { personId, epoch });
  return {};
}

/**
 * From now on every token is void that a person got up to this epoch. One of a later epoch stays good: who asks twice does not end
 * what the person began meanwhile.
 */
export async function endSessions(
  { db, sessionsTable }: Pick<SessionDeps, 'db' | 'sessionsTable'>,
  { personId, epoch }: Pick<StoredPerson, 'personId' | 'epoch'>,
): Promise<void> {
  try {
    await db.send(
      new UpdateCommand({
        TableName: sessionsTable,
        Key: personKey(personId),
        UpdateExpression: 'SET epoch = epoch + :one, rev = rev + :one',
        ConditionExpression: 'epoch = :epoch',
        ExpressionAttributeValues: { ':one': 1, ':epoch': epoch },
      }),
    );
  } catch (error) {
    // They are ended already, or there is nobody who has any.
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

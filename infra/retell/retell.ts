import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { elderTold } from '../../functions/elders/elder-events.ts';
import { ElderRecord, elderKey } from '../../functions/elders/elder-record.ts';
import type { PublishEvent } from '../../functions/platform/domain-events.ts';
import { inParallel } from '../../functions/platform/in-parallel.ts';
import { personKey } from '../../functions/sessions/keys.ts';
import { StoredPerson } from '../../functions/sessions/person.ts';
import { personNews } from '../../functions/sessions/person-events.ts';
import { type Instant, toInstant } from '../../shared/values/dates.ts';

/** SNS takes far more; this keeps the consumers' queue short. */
const AT_ONCE = 20;

export interface Retell {
  readonly db: DynamoDBDocumentClient;
  readonly eldersTable: string;
  readonly sessionsTable: string;
  readonly publish: PublishEvent;
  readonly onProgress?: (told: Retold) => void;
}

export interface Retold {
  readonly elders: number;
  readonly people: number;
}

/**
 * Tells again of every elder and person what others may know of them, as if each had just changed, also of people who were removed:
 * for a stage that had them before there was anybody to tell, or before as much was told. Safe at any time and any number of
 * times: what is known already, or known newer, stays.
 */
export async function retell({ db, eldersTable, sessionsTable, publish, onProgress }: Retell): Promise<Retold> {
  const told = { elders: 0, people: 0 };
  const at: Instant = toInstant(Date.now());
  for await (const page of pagesOf(db, sessionsTable, personKey(''))) {
    await inParallel(AT_ONCE, page, async (item) => {
      const person = StoredPerson.parse(item);
      await publish(personNews(person, person.removedAt === null ? at : toInstant(Date.parse(person.removedAt))));
      told.people += 1;
    });
    onProgress?.(told);
  }
  for await (const page of pagesOf(db, eldersTable, elderKey(''))) {
    await inParallel(AT_ONCE, page, async (item) => {
      await publish({ type: 'elder-changed', elder: elderTold(ElderRecord.parse(item)), at });
      told.elders += 1;
    });
    onProgress?.(told);
  }
  return told;
}

/** Reads a whole table, the one thing that no function may do: there is no list of everybody, and this is done once. */
async function* pagesOf(db: DynamoDBDocumentClient, TableName: string, key: { pk: string; sk: string }) {
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await db.send(
      new ScanCommand({
        TableName,
        FilterExpression: 'sk = :sk AND begins_with(pk, :pk)',
        ExpressionAttributeValues: { ':sk': key.sk, ':pk': key.pk },
        ExclusiveStartKey,
      }),
    );
    yield page.Items ?? [];
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
}

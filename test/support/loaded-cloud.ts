import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { importPKCS8, SignJWT } from 'jose';
import { elderKey } from '../../functions/elders/elder-record.ts';
import { canteenItem } from '../../functions/meals/canteen.ts';
import { districtKey, slotKey } from '../../functions/meals/keys.ts';
import { sittingItem, sittingOf } from '../../functions/meals/sitting.ts';
import { SESSION_ALGORITHM, SESSION_ISSUER, type Who } from '../../functions/platform/who.ts';
import { newPerson } from '../../functions/sessions/person.ts';
import { personItem } from '../../functions/sessions/person-items.ts';
import type { LoadTarget, LocalCloudOptions } from '../../infra/local/local-cloud.ts';
import type { SlotPlan } from '../../shared/contracts/canteens.ts';
import { addDays, dateInChina, toInstant } from '../../shared/values/dates.ts';
import { aCanteen, anElder, aSittingForm, id, staff } from './a-town.ts';

/** Sizes of what a local cloud is filled with for a load. Every elder is `elderId(n)`. */
export interface Load {
  readonly elders: number;
  readonly days: number;
  readonly canteens: number;
  readonly slots: readonly SlotPlan[];
}

export const elderId = (n: number): string => id(100_000 + n);
export const canteenId = (n: number): string => `canteen-${n}`;
/** The days for which ordering is open: from tomorrow on. */
export const dayAhead = (n: number): string => addDays(dateInChina(toInstant(Date.now())), 1 + n);

const WRITES_AT_ONCE = 25;

function* itemsOf({ elders, days, canteens, slots }: Load, tables: Readonly<Record<string, string>>) {
  const [meals, people] = [tables.MEALS_TABLE ?? '', tables.ELDERS_TABLE ?? ''];
  yield { table: tables.SESSIONS_TABLE ?? '', item: personItem(newPerson({ name: '工作人员', ...staff })) };
  for (let n = 0; n < elders; n++) {
    const elder = anElder({ elderId: elderId(n) });
    yield { table: people, item: { ...elderKey(elder.elderId), ...elder } };
  }
  for (let c = 0; c < canteens; c++) {
    const canteen = aCanteen({
      canteenId: canteenId(c),
      sittings: { lunch: { closesAt: '09:30', closesDaysBefore: 0, slots: [...slots] } },
    });
    yield { table: meals, item: canteenItem(canteen) };
    if (c === 0) yield { table: meals, item: districtKey(canteen.area) };
    for (let day = 0; day < days; day++) {
      const sitting = sittingOf(canteen, dayAhead(day), 'lunch', aSittingForm());
      if (!sitting) throw new Error('this canteen serves no lunch');
      yield { table: meals, item: sittingItem(sitting) };
      for (const { slotId, capacity } of slots) {
        const item = { ...slotKey(canteen.canteenId, sitting.date, 'lunch', slotId), capacity, taken: 0, isOpen: true };
        yield { table: meals, item };
      }
    }
  }
}

/** Fills the tables of a local cloud that has just been created; `staff` (a-town) are there to ask. */
export const loadWith =
  (load: Load): NonNullable<LocalCloudOptions['load']> =>
  async ({ endpoint, tables }: LoadTarget) => {
    const db = documentClientAt(endpoint);
    let batch: { table: string; item: Record<string, unknown> }[] = [];
    const flush = async () => {
      const byTable = Map.groupBy(batch, ({ table }) => table);
      batch = [];
      const RequestItems = Object.fromEntries(
        [...byTable].map(([table, all]) => [table, all.map(({ item }) => ({ PutRequest: { Item: item } }))]),
      );
      await db.send(new BatchWriteCommand({ RequestItems }));
    };
    for (const each of itemsOf(load, tables)) {
      batch.push(each);
      if (batch.length === WRITES_AT_ONCE) await flush();
    }
    if (batch.length > 0) await flush();
    db.destroy();
    return [];
  };

export const documentClientAt = (endpoint: string): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint,
      region: 'cn-north-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );

/** A session token that the local cloud in this data folder takes, for two hours. */
export async function tokenFor({ personId, ...claims }: Who, data: string, stage = 'local'): Promise<string> {
  const key = await importPKCS8(readFileSync(join(data, 'session-key.pem'), 'utf8'), SESSION_ALGORITHM);
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: SESSION_ALGORITHM })
    .setSubject(personId)
    .setIssuer(SESSION_ISSUER)
    .setAudience(stage)
    .setIssuedAt()
    .setExpirationTime('2h')
    .sign(key);
}

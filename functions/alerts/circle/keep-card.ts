import { DeleteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { ElderTold } from '../../../shared/contracts/events.ts';
import { communityOf } from '../../../shared/values/areas.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import { transact } from '../../platform/transact.ts';
import {
  cardKey,
  contactKey,
  deviceKey,
  devicesOf,
  familyOfKey,
  healthNotesKey,
  heardIndex,
  openTaskKey,
  taskKey,
} from '../keys.ts';
import { DeviceRecord } from '../records.ts';
import { type AlertsTable, readItem, updateItem } from './alerts-table.ts';
import { contactsOf, putCard } from './card-store.ts';
import type { Ruled } from './deps.ts';
import { cityItem, putDevice } from './device-store.ts';

/** Contacts and health notes of who died are kept this long, for an entry that was a mistake; then the table drops them. */
const KEPT_DAYS = 90;

/**
 * Keeps what is told of an elder. When it tells of a death, what is there only for a living person ends: drills, the watch over
 * devices, an open check task; contacts and health notes run out. A death that was taken back brings them back. Old news
 * changes nothing, and neither does the same again.
 */
export async function keepCard(store: Ruled, elder: ElderTold, now: Instant): Promise<void> {
  const card = await putCard(store, elder, now);
  if (card === undefined) return;
  for (const personId of card.family) {
    await store.db.send(new PutCommand({ TableName: store.alertsTable, Item: familyOfKey(personId, card.elderId) }));
  }
  if (card.diedOn === null) await moveDevices(store, card);
  if (card.diedOn !== null && card.endedAt === undefined) await end(store, card.elderId, now);
  if (card.diedOn === null && card.endedAt !== undefined) await bringBack(store, card.elderId);
}

/** Devices move with their elder to another community, whose staff then see to them. */
async function moveDevices(store: AlertsTable, { elderId, area }: ElderTold): Promise<void> {
  for (const device of await devicesOfElder(store, elderId)) {
    if (device.revokedAt !== undefined || communityOf(device.area) === communityOf(area)) continue;
    const outcome = await transact<'device' | 'city'>(store.db, [
      putDevice(store.alertsTable, { ...device, area, rev: device.rev + 1 }, device),
      { step: 'city', Put: { TableName: store.alertsTable, Item: cityItem(area) } },
    ]);
    // It was heard at this very moment: the event comes again.
    if (!outcome.committed) throw new Error(`device ${device.deviceId} could not be moved`);
  }
}

async function end(store: AlertsTable, elderId: string, now: Instant): Promise<void> {
  const ttl = Math.floor(Date.parse(now) / 1000) + KEPT_DAYS * 24 * 60 * 60;
  for (const key of await personal(store, elderId)) {
    await updateItem(store, key, {
      UpdateExpression: 'SET #ttl = :ttl',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: { ':ttl': ttl },
    });
  }
  for (const { deviceId } of await devicesOfElder(store, elderId)) {
    await updateItem(store, deviceKey(deviceId), {
      UpdateExpression: 'REMOVE gsi2pk, gsi2sk, silentSince',
      ConditionExpression: 'elderId = :elder',
      ExpressionAttributeValues: { ':elder': elderId },
    });
  }
  await closeTask(store, elderId, now);
  await updateItem(store, cardKey(elderId), {
    UpdateExpression: 'SET endedAt = :now',
    ConditionExpression: 'diedOn <> :null',
    ExpressionAttributeValues: { ':now': now, ':null': null },
  });
}

async function bringBack(store: AlertsTable, elderId: string): Promise<void> {
  for (const key of await personal(store, elderId)) {
    await updateItem(store, key, {
      UpdateExpression: 'REMOVE #ttl',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
    });
  }
  for (const device of await devicesOfElder(store, elderId)) {
    if (device.revokedAt !== undefined || device.kind === 'canary') continue;
    const { area, kind, deviceId, lastHeardAt, registeredAt } = device;
    const { gsi2pk, gsi2sk } = heardIndex(area, kind, lastHeardAt ?? registeredAt, deviceId);
    await updateItem(store, deviceKey(deviceId), {
      UpdateExpression: 'SET gsi2pk = :pk, gsi2sk = :sk',
      ConditionExpression: 'elderId = :elder AND attribute_not_exists(revokedAt)',
      ExpressionAttributeValues: { ':pk': gsi2pk, ':sk': gsi2sk, ':elder': elderId },
    });
  }
  await updateItem(store, cardKey(elderId), {
    UpdateExpression: 'REMOVE endedAt',
    ConditionExpression: 'diedOn = :null',
    ExpressionAttributeValues: { ':null': null },
  });
}

/** Where what is personal lies: contacts and health notes. */
async function personal(store: AlertsTable, elderId: string) {
  const contacts = await contactsOf(store, elderId);
  return [healthNotesKey(elderId), ...contacts.map(({ contactId }) => contactKey(elderId, contactId))];
}

/** The devices that are bound to an elder now: a pointer may be left from before. */
export async function devicesOfElder(store: AlertsTable, elderId: string): Promise<DeviceRecord[]> {
  const { Items = [] } = await store.db.send(
    new QueryCommand({
      TableName: store.alertsTable,
      KeyConditionExpression: 'pk = :devices',
      ExpressionAttributeValues: { ':devices': devicesOf(elderId) },
      ConsistentRead: true,
    }),
  );
  const items = await Promise.all(Items.map(({ sk }) => readItem(store, deviceKey(String(sk)))));
  return items
    .flatMap((item) => (item === undefined ? [] : [DeviceRecord.parse(item)]))
    .filter((device) => device.elderId === elderId);
}

const Pointer = z.object({ taskId: z.string() });

/** Nobody need look after who died: the open task is over, with nothing found. */
async function closeTask(store: AlertsTable, elderId: string, now: Instant): Promise<void> {
  const pointer = await readItem(store, openTaskKey(elderId));
  if (pointer === undefined) return;
  const { taskId } = Pointer.parse(pointer);
  await updateItem(store, taskKey(taskId), {
    UpdateExpression: 'SET doneAt = if_not_exists(doneAt, :now) REMOVE gsi1pk, gsi1sk',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':now': now },
  });
  await store.db.send(new DeleteCommand({ TableName: store.alertsTable, Key: openTaskKey(elderId) }));
}

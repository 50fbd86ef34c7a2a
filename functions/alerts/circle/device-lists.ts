import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Device } from '../../../shared/contracts/circle.ts';
import { isRefusal, type Refusal, refuse } from '../../../shared/contracts/refusal.ts';
import { decodeCursor, encodeCursor } from '../../platform/cursor.ts';
import type { Who } from '../../platform/who.ts';
import { cityOf, deviceKey, devicesOfCity, silentOfCity } from '../keys.ts';
import { DeviceRecord } from '../records.ts';
import type { AlertsTable } from './alerts-table.ts';
import { cardFor } from './card-store.ts';
import { deviceView } from './device-store.ts';
import { devicesOfElder } from './keep-card.ts';

/** The devices that are bound to an elder, also those that were revoked, the oldest first. */
export async function listElderDevices(
  store: AlertsTable,
  who: Who,
  elderId: string,
): Promise<{ devices: Device[] } | Refusal> {
  const card = await cardFor(store, who, elderId);
  if (isRefusal(card)) return card;
  const devices = await devicesOfElder(store, elderId);
  return { devices: devices.sort((a, b) => (a.registeredAt < b.registeredAt ? -1 : 1)).map(deviceView) };
}

const PAGE = 50;
/** Where a page ends: at a device of this very list. */
const placeIn = (area: string) =>
  z.strictObject({ sk: z.string().check(z.maxLength(60), z.startsWith(area), z.regex(/#[0-9a-f-]{36}$/)) });

/** A page of the devices of an area, by place; with `silent`, of those alone that have not been heard for too long. */
export async function listDevices(
  { db, alertsTable }: AlertsTable,
  {
    area,
    silent,
    cursor,
  }: { readonly area: string; readonly silent?: 'true' | undefined; readonly cursor?: string | undefined },
): Promise<{ devices: Device[]; cursor?: string } | Refusal> {
  const from = decodeCursor(cursor, placeIn(area));
  if (from === 'unreadable') return refuse('invalid-request', [{ path: 'query.cursor' }]);
  const index = silent ? 'gsi2' : 'gsi1';
  const list = silent ? silentOfCity(cityOf(area)) : devicesOfCity(cityOf(area));
  const { Items = [], LastEvaluatedKey: last } = await db.send(
    new QueryCommand({
      TableName: alertsTable,
      IndexName: index,
      KeyConditionExpression: `${index}pk = :list AND begins_with(${index}sk, :area)`,
      ExpressionAttributeValues: { ':list': list, ':area': area },
      ExclusiveStartKey: from && {
        ...deviceKey(from.sk.slice(-36)),
        [`${index}pk`]: list,
        [`${index}sk`]: from.sk,
      },
      Limit: PAGE,
    }),
  );
  const devices = Items.map((item) => deviceView(DeviceRecord.parse(item)));
  return last ? { devices, cursor: encodeCursor({ sk: last[`${index}sk`] }) } : { devices };
}

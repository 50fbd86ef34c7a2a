import type { Device } from '../../../shared/contracts/circle.ts';
import type { Step } from '../../platform/transact.ts';
import { cityKey, cityOf, deviceIndex, deviceKey, elderDeviceKey, heardIndex, silentIndex } from '../keys.ts';
import { DeviceRecord } from '../records.ts';
import { type AlertsTable, readItem } from './alerts-table.ts';

export async function readDevice(store: AlertsTable, deviceId: string): Promise<DeviceRecord | undefined> {
  const item = await readItem(store, deviceKey(deviceId));
  return item && DeviceRecord.parse(item);
}

export const deviceView = ({ tokensFrom: _, ...device }: DeviceRecord): Device => device;

/** Where a device is watched: by when it was heard, or among the silent. Nobody waits for one that is revoked, or for the stage's own. */
export function watchIndex(device: DeviceRecord): ReturnType<typeof heardIndex> | undefined {
  const { area, kind, deviceId, registeredAt, lastHeardAt, silentSince, revokedAt } = device;
  if (revokedAt !== undefined || kind === 'canary') return undefined;
  return silentSince === undefined
    ? heardIndex(area, kind, lastHeardAt ?? registeredAt, deviceId)
    : silentIndex(area, deviceId);
}

/** A device as it lies in the table. Who fills a table from outside (the town) uses it too. */
export const deviceItem = (device: DeviceRecord) => ({
  ...deviceKey(device.deviceId),
  ...deviceIndex(device.area, device.deviceId),
  ...watchIndex(device),
  ...device,
});

/** With an elder stands only which devices there are. */
export const elderDeviceItem = (elderId: string, deviceId: string) => ({
  ...elderDeviceKey(elderId, deviceId),
  deviceId,
});

/** Where the watch over devices starts from: the cities that have any. */
export const cityItem = (area: string) => cityKey(cityOf(area));

/** Puts a device over the one that was read; a new one where there is none. */
export const putDevice = (table: string, device: DeviceRecord, read: DeviceRecord | undefined): Step<'device'> => ({
  step: 'device',
  Put: {
    TableName: table,
    Item: deviceItem(device),
    ...(read === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'rev = :read', ExpressionAttributeValues: { ':read': read.rev } }),
  },
});

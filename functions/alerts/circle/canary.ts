import { setTimeout as sleep } from 'node:timers/promises';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { DEVICE_ISSUER } from '../../platform/device-token.ts';
import { signedToken } from '../../platform/signer.ts';
import { alertKey, DELIVERIES, deviceKey } from '../keys.ts';
import { DeliveryRecord, type DeviceRecord } from '../records.ts';
import { type AlertsTable, readItem } from './alerts-table.ts';
import type { Signing } from './deps.ts';
import { derivedId } from './derived-id.ts';
import { deviceItem } from './device-store.ts';

/** What the stage's test of itself works with. */
export interface CanaryDeps extends AlertsTable, Signing {
  /** The base address of AnxinAlerts. */
  readonly alertsUrl: string;
  /** Raises an alert over HTTP: the status of the answer. */
  readonly put: (url: string, token: string, body: object) => Promise<number>;
  readonly clock: () => number;
  readonly pauseMs: number;
}

/** The test has failed when the test channel has not heard by then: the alarm's promise is 30 s. */
const PATIENCE_MS = 30_000;

/** The stage's own device: one, always the same, in no area and of no elder. */
export const canaryId = (stage: string): string => derivedId('canary', stage);

/**
 * Raises an alert the way a device does, over HTTP, and waits until the test channel's delivery stands in the ledger: the whole way
 * of an alert, but for the last step to people. Answers after how many seconds it was heard; undefined when it was not.
 */
export async function tryWholeWay(deps: CanaryDeps): Promise<number | undefined> {
  const from = deps.clock();
  const deviceId = canaryId(deps.stage);
  await ensureDevice(deps, deviceId, from);
  const token = await signedToken(deps.signer, {
    sub: deviceId,
    area: '',
    kind: 'canary',
    iss: DEVICE_ISSUER,
    aud: deps.stage,
    iat: Math.floor(from / 1000),
  });
  const alertId = crypto.randomUUID();
  const pressedAt = new Date(from).toISOString();
  const status = await deps.put(`${deps.alertsUrl}/alerts/${alertId}`, token, { source: 'canary', pressedAt });
  if (status !== 200) return undefined;
  while (deps.clock() - from < PATIENCE_MS) {
    if (await isHeard(deps, alertId)) return (deps.clock() - from) / 1000;
    await sleep(deps.pauseMs);
  }
  return undefined;
}

/** Without the item a press of it would be one of a device that nobody knows. */
async function ensureDevice(deps: CanaryDeps, deviceId: string, at: number): Promise<void> {
  if ((await readItem(deps, deviceKey(deviceId))) !== undefined) return;
  const device: DeviceRecord = {
    deviceId,
    kind: 'canary',
    area: '',
    registeredAt: new Date(at).toISOString(),
    tokensFrom: 0,
    rev: 1,
  };
  // It stands in no list of devices: nobody tends it.
  const { gsi1pk: _pk, gsi1sk: _sk, ...Item } = deviceItem(device);
  await deps.db.send(new PutCommand({ TableName: deps.alertsTable, Item }));
}

async function isHeard({ db, alertsTable }: AlertsTable, alertId: string): Promise<boolean> {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: alertsTable,
      KeyConditionExpression: 'pk = :alert AND begins_with(sk, :heard)',
      ExpressionAttributeValues: { ':alert': alertKey(alertId).pk, ':heard': `${DELIVERIES}wave-1#canary#` },
      ConsistentRead: true,
    }),
  );
  return Items.some((item) => DeliveryRecord.parse(item).state === 'sent');
}

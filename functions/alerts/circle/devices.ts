import type { Device, DeviceForm } from '../../../shared/contracts/circle.ts';
import { isRefusal, type Refusal, refuse } from '../../../shared/contracts/refusal.ts';
import { within } from '../../../shared/values/areas.ts';
import { type Instant, toInstant } from '../../../shared/values/dates.ts';
import type { Answer } from '../../platform/endpoint.ts';
import { type Step, transact } from '../../platform/transact.ts';
import type { Who } from '../../platform/who.ts';
import { elderDeviceKey } from '../keys.ts';
import type { DeviceRecord } from '../records.ts';
import type { AlertsTable } from './alerts-table.ts';
import { cardFor, readCard } from './card-store.ts';
import type { CircleDeps } from './deps.ts';
import { cityItem, deviceView, elderDeviceItem, putDevice, readDevice } from './device-store.ts';
import { deviceToken, epochSeconds } from './device-token.ts';

const ROUNDS = 4;
/** So long the presses of a device that is tested are drills. */
const TEST_MINUTES = 10;

interface RegisterDevice {
  readonly deviceId: string;
  readonly form: DeviceForm;
  readonly now: Instant;
}

/**
 * Registers a device, or binds it to another elder or place, and answers a token for it. The same again changes nothing but
 * gets another token, as the first may have been lost on the way. A device that was bound anew goes on with the token it has:
 * whose it is stands with the device, and its next heartbeat brings it the new token.
 *
 * Refuses: `forbidden` (the device, its place or the elder lies outside one's area), `not-found` (no such elder),
 * `invalid-request` (the elder has died; `canary` is the stage's own), `device-revoked`, `busy`.
 */
export async function registerDevice(
  deps: CircleDeps,
  who: Who,
  { deviceId, form, now }: RegisterDevice,
): Promise<Answer<{ device: Device; token: string }>> {
  const refused = await refuseForm(deps, who, form);
  if (refused) return refused;
  for (let round = 0; round < ROUNDS; round++) {
    const read = await readDevice(deps, deviceId);
    if (read && !within(read.area, who.area ?? '')) return refuse('forbidden');
    if (read?.revokedAt !== undefined) return refuse('device-revoked');
    // Signed first: a fault of the signer registers nothing.
    const device = registered(read, { deviceId, form, now });
    const token = await deviceToken(deps, device, now);
    if (read && isSame(read, form)) return { device: deviceView(read), token };
    const outcome = await transact<'device' | 'bound' | 'left' | 'city'>(
      deps.db,
      registrationSteps(deps.alertsTable, device, read),
    );
    if (outcome.committed) return { device: deviceView(device), token };
    if ('busy' in outcome) break;
  }
  return refuse('busy');
}

async function refuseForm(
  store: AlertsTable,
  who: Who,
  { area, elderId, kind }: DeviceForm,
): Promise<Refusal | undefined> {
  if (!within(area, who.area ?? '')) return refuse('forbidden');
  if (kind === 'canary') return refuse('invalid-request', [{ path: 'body.kind', message: "the stage's own device" }]);
  if (elderId === undefined) return undefined;
  const card = await cardFor(store, who, elderId);
  if (isRefusal(card)) return card;
  return card.diedOn === null
    ? undefined
    : refuse('invalid-request', [{ path: 'body.elderId', message: 'this elder has died', zh: '这位老人已经离世。' }]);
}

function registered(read: DeviceRecord | undefined, { deviceId, form, now }: RegisterDevice): DeviceRecord {
  const { registeredAt, lastHeardAt, batteryPercent, silentSince, tokensFrom, rev } = read ?? {
    registeredAt: now,
    tokensFrom: epochSeconds(now),
    rev: 0,
  };
  return {
    deviceId,
    ...form,
    registeredAt,
    ...(lastHeardAt !== undefined && { lastHeardAt }),
    ...(batteryPercent !== undefined && { batteryPercent }),
    ...(silentSince !== undefined && { silentSince }),
    tokensFrom,
    rev: rev + 1,
  };
}

const isSame = (a: DeviceRecord, b: DeviceForm): boolean =>
  a.kind === b.kind && a.area === b.area && a.elderId === b.elderId && a.place === b.place && a.serial === b.serial;

function registrationSteps(
  table: string,
  device: DeviceRecord,
  read: DeviceRecord | undefined,
): Step<'device' | 'bound' | 'left' | 'city'>[] {
  const { deviceId, elderId, area } = device;
  return [
    putDevice(table, device, read),
    { step: 'city', Put: { TableName: table, Item: cityItem(area) } },
    ...(elderId === undefined
      ? []
      : [{ step: 'bound', Put: { TableName: table, Item: elderDeviceItem(elderId, deviceId) } } as const]),
    ...(read?.elderId === undefined || read.elderId === elderId
      ? []
      : [{ step: 'left', Delete: { TableName: table, Key: elderDeviceKey(read.elderId, deviceId) } } as const]),
  ];
}

/**
 * Revokes a lost or broken device: its presses are no longer taken at their word, its heartbeats are refused, and nobody waits to
 * hear it. Revoking again changes nothing.
 *
 * Refuses: `not-found`, `forbidden` (outside one's area), `busy`.
 */
export async function revokeDevice(
  store: AlertsTable,
  who: Who,
  { deviceId, now }: { readonly deviceId: string; readonly now: Instant },
): Promise<Answer<Device>> {
  // A token may have been issued within this very second.
  const before = epochSeconds(now) + 1;
  for (let round = 0; round < ROUNDS; round++) {
    const read = await readDevice(store, deviceId);
    if (read === undefined) return refuse('not-found');
    if (!within(read.area, who.area ?? '')) return refuse('forbidden');
    if (read.revokedAt !== undefined) return { replayed: deviceView(read) };
    const { silentSince: _silent, testUntil: _test, ...rest } = read;
    const device: DeviceRecord = { ...rest, revokedAt: now, tokensFrom: before, rev: read.rev + 1 };
    const outcome = await transact(store.db, [putDevice(store.alertsTable, device, read)]);
    if (outcome.committed) return deviceView(device);
    if ('busy' in outcome) break;
  }
  return refuse('busy');
}

/** Whether this person may see to this device: it is their elder's (or their own), or hangs in their area. */
async function mayTend(store: AlertsTable, who: Who, { elderId, area }: DeviceRecord): Promise<boolean> {
  if (who.area !== undefined && within(area, who.area)) return true;
  if (elderId === undefined) return false;
  const card = await readCard(store, elderId);
  return card !== undefined && !isRefusal(await cardFor(store, who, elderId));
}

/**
 * For ten minutes the presses of this device are drills, so that somebody can try it without alarming anybody.
 *
 * Refuses: `not-found`, `forbidden`, `device-revoked`, `busy`.
 */
export async function testDevice(
  store: AlertsTable,
  who: Who,
  { deviceId, now }: { readonly deviceId: string; readonly now: Instant },
): Promise<Answer<Device>> {
  for (let round = 0; round < ROUNDS; round++) {
    const read = await readDevice(store, deviceId);
    if (read === undefined) return refuse('not-found');
    if (!(await mayTend(store, who, read))) return refuse('forbidden');
    if (read.revokedAt !== undefined) return refuse('device-revoked');
    const testUntil = toInstant(Date.parse(now) + TEST_MINUTES * 60_000);
    const device: DeviceRecord = { ...read, testUntil, rev: read.rev + 1 };
    const outcome = await transact(store.db, [putDevice(store.alertsTable, device, read)]);
    if (outcome.committed) return deviceView(device);
    if ('busy' in outcome) break;
  }
  return refuse('busy');
}

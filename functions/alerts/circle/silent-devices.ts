import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { DEVICE_KINDS } from '../../../shared/contracts/circle.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import { dateInChina, timeInChina, toInstant } from '../../../shared/values/dates.ts';
import { inParallel } from '../../platform/in-parallel.ts';
import { log } from '../../platform/log.ts';
import { CITIES, deviceKey, heardOfCity, silentIndex } from '../keys.ts';
import { DeviceRecord } from '../records.ts';
import { type AlertsTable, updateItem } from './alerts-table.ts';
import { readCard } from './card-store.ts';
import type { Ruled } from './deps.ts';
import { readDevice, watchIndex } from './device-store.ts';
import { tell } from './inbox.ts';
import { onDutyFor } from './people.ts';
import { watchIn } from './watch.ts';

const AT_ONCE = 8;
const HOUR_MS = 60 * 60 * 1000;
/** No policy may call a device silent sooner than after an hour: those heard since then are not even read. */
const SOONEST_HOURS = 1;

const City = z.object({ sk: z.string() });

/** The cities that have devices. */
export async function citiesWithDevices({ db, alertsTable }: AlertsTable): Promise<string[]> {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: alertsTable,
      KeyConditionExpression: 'pk = :cities',
      ExpressionAttributeValues: { ':cities': CITIES },
    }),
  );
  return Items.map((item) => City.parse(item).sk);
}

/**
 * Finds the devices that have been silent for longer than the policy of their place allows, tells the community and the family
 * once, and sets them apart until they are heard again. Running it again changes nothing. Answers how many it found.
 */
export async function findSilentDevices(deps: Ruled, now: Instant): Promise<number> {
  let found = 0;
  for (const city of await citiesWithDevices(deps)) {
    for (const kind of DEVICE_KINDS) {
      for await (const page of lastHeardBefore(deps, heardOfCity(city, kind), earliest(now))) {
        await inParallel(AT_ONCE, page, async (device) => {
          if (await judge(deps, device, now)) found += 1;
        });
      }
    }
  }
  return found;
}

const earliest = (now: Instant): Instant => toInstant(Date.parse(now) - SOONEST_HOURS * HOUR_MS);

/** Pages of the devices of a list that were last heard before a moment, the longest silent first. */
async function* lastHeardBefore({ db, alertsTable }: AlertsTable, list: string, before: Instant) {
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await db.send(
      new QueryCommand({
        TableName: alertsTable,
        IndexName: 'gsi2',
        KeyConditionExpression: 'gsi2pk = :list AND gsi2sk < :before',
        ExpressionAttributeValues: { ':list': list, ':before': before },
        ExclusiveStartKey,
      }),
    );
    yield (page.Items ?? []).map((item) => DeviceRecord.parse(item));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
}

/** From when on a device counts as silent, by the policy of its place. */
function silentFrom(
  { policies }: Ruled,
  { area, kind, registeredAt, lastHeardAt = registeredAt }: DeviceRecord,
  now: Instant,
) {
  const hours = watchIn(policies, area, now).deviceSilentHours[kind];
  return toInstant(Date.parse(lastHeardAt) + hours * HOUR_MS);
}

/** Deals with a device that an index shows. One that cannot be dealt with is logged, and left for the next run. */
async function judge(deps: Ruled, shown: DeviceRecord, now: Instant): Promise<boolean> {
  const { deviceId } = shown;
  if (silentFrom(deps, shown, now) > now) return false;
  try {
    // The index lags behind: a device that was heard a moment ago is not reported.
    const device = await readDevice(deps, deviceId);
    if (device === undefined || device.silentSince !== undefined || watchIndex(device) === undefined) return false;
    const at = silentFrom(deps, device, now);
    if (at > now) return false;
    const { registeredAt, lastHeardAt = registeredAt } = device;
    // Told before it is set apart: a run that ends in between tells again, into the same lines.
    await tellOf(deps, device, lastHeardAt, at);
    return await setApart(deps, device, lastHeardAt);
  } catch (error) {
    await log.error('silent device not told', {
      deviceId,
      error: error instanceof Error ? error : new Error(String(error)),
    });
    return false;
  }
}

const KIND_WORDS: Readonly<Record<DeviceRecord['kind'], { readonly zh: string; readonly en: string }>> = {
  key: { zh: '一键通', en: 'emergency key' },
  wristband: { zh: '手环', en: 'wristband' },
  smoke: { zh: '烟感', en: 'smoke sensor' },
  infrared: { zh: '红外', en: 'infrared sensor' },
  'health-meter': { zh: '健康监测设备', en: 'health meter' },
  canary: { zh: '自检设备', en: 'test device' },
};

async function tellOf(store: AlertsTable, device: DeviceRecord, lastHeardAt: Instant, at: Instant): Promise<void> {
  const { deviceId, elderId, area, kind, place = '' } = device;
  const card = elderId === undefined ? undefined : await readCard(store, elderId);
  const staff = await onDutyFor(store, card?.area ?? area, ['community-staff', 'grid-worker']);
  const whose = card?.name ?? '';
  const heard = `${dateInChina(lastHeardAt)} ${timeInChina(lastHeardAt)}`;
  const { zh, en } = KIND_WORDS[kind];
  const where = place === '' ? '' : `（${place}）`;
  await tell(store, [...staff, ...(card?.family ?? [])], {
    at,
    of: `silent-${deviceId}`,
    kind: 'device-silent',
    text: {
      zh: `${whose}的${zh}${where}从 ${heard} 起没有信号，按了可能没有人知道。请检查电量和网络。`,
      en: `No sign of the ${en} of ${whose || 'the community'} since ${heard}: nobody may hear it. Check its battery and network.`,
    },
  });
}

/** Sets a device apart as silent, unless it was heard or changed meanwhile. */
async function setApart(store: AlertsTable, { deviceId, area, rev }: DeviceRecord, since: Instant): Promise<boolean> {
  const { gsi2pk, gsi2sk } = silentIndex(area, deviceId);
  const written = await updateItem(store, deviceKey(deviceId), {
    UpdateExpression: 'SET silentSince = :since, gsi2pk = :pk, gsi2sk = :sk, rev = rev + :one',
    ConditionExpression: 'rev = :read',
    ExpressionAttributeValues: { ':since': since, ':pk': gsi2pk, ':sk': gsi2sk, ':read': rev, ':one': 1 },
  });
  return written !== undefined;
}

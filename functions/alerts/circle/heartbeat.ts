import type * as z from 'zod/mini';
import type { Heartbeat, HeartbeatAnswer } from '../../../shared/contracts/circle.ts';
import { refuse } from '../../../shared/contracts/refusal.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import type { DeviceCaller } from '../../platform/device-token.ts';
import type { Answer } from '../../platform/endpoint.ts';
import { log } from '../../platform/log.ts';
import { transact } from '../../platform/transact.ts';
import type { DeviceRecord } from '../records.ts';
import type { CircleDeps } from './deps.ts';
import { putDevice, readDevice } from './device-store.ts';
import { deviceToken, needsNewToken } from './device-token.ts';
import { watchIn } from './watch.ts';

const ROUNDS = 4;

/**
 * A device says that it is there: when it was heard and its battery are kept, and a silence is over. Where its token has grown
 * old or says what is true no more, the answer brings a new one. Once a device has used a newer token, the
 * heartbeats of older ones are refused; presses are taken with any token of a device that is not revoked.
 *
 * Refuses: `not-found` (no such device), `unauthenticated` (a token that was replaced, or a device that was revoked), `busy`.
 */
export async function heartbeat(
  deps: CircleDeps,
  who: DeviceCaller,
  {
    deviceId,
    body,
    now,
  }: { readonly deviceId: string; readonly body: z.infer<typeof Heartbeat>; readonly now: Instant },
): Promise<Answer<z.infer<typeof HeartbeatAnswer>>> {
  for (let round = 0; round < ROUNDS; round++) {
    const read = await readDevice(deps, deviceId);
    if (read === undefined) return refuse('not-found');
    if (who.issuedAt < read.tokensFrom) return refuse('unauthenticated');
    const { silentSince: _silent, ...rest } = read;
    const device: DeviceRecord = {
      ...rest,
      // Two at once may arrive in either order: the later one stays.
      lastHeardAt: read.lastHeardAt !== undefined && read.lastHeardAt > now ? read.lastHeardAt : now,
      ...(body.batteryPercent !== undefined && { batteryPercent: body.batteryPercent }),
      tokensFrom: who.issuedAt,
      rev: read.rev + 1,
    };
    const outcome = await transact(deps.db, [putDevice(deps.alertsTable, device, read)]);
    if (outcome.committed) return answer(deps, who, device, now);
    if ('busy' in outcome) break;
  }
  return refuse('busy');
}

async function answer(deps: CircleDeps, who: DeviceCaller, device: DeviceRecord, now: Instant) {
  const { heartbeatMinutes } = watchIn(deps.policies, device.area, now);
  const token = needsNewToken(who, device, now) ? await newToken(deps, device, now) : undefined;
  return { at: now, everySeconds: heartbeatMinutes * 60, ...(token !== undefined && { token }) };
}

/** A signer that fails costs the device nothing: it was heard, its token holds, and it asks again in an hour. */
async function newToken(deps: CircleDeps, device: DeviceRecord, now: Instant): Promise<string | undefined> {
  try {
    return await deviceToken(deps, device, now);
  } catch (error) {
    await log.error('device token not signed', {
      deviceId: device.deviceId,
      error: error instanceof Error ? error : new Error(String(error)),
    });
    return undefined;
  }
}

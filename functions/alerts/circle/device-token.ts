import type { Instant } from '../../../shared/values/dates.ts';
import { DEVICE_ISSUER, type DeviceCaller } from '../../platform/device-token.ts';
import { signedToken } from '../../platform/signer.ts';
import type { DeviceRecord } from '../records.ts';
import type { Signing } from './deps.ts';

/** A token older than this is replaced at the next heartbeat. It goes on holding until the new one has been used. */
const ROTATE_AFTER_SECONDS = 30 * 24 * 60 * 60;

export const epochSeconds = (at: Instant): number => Math.floor(Date.parse(at) / 1000);

/** A token that says which device it is, whose and where: it never runs out; whether the device is revoked stands with the device. */
export const deviceToken = (
  { signer, stage }: Signing,
  { deviceId, elderId, area, kind }: Pick<DeviceRecord, 'deviceId' | 'elderId' | 'area' | 'kind'>,
  now: Instant,
): Promise<string> =>
  signedToken(signer, {
    sub: deviceId,
    elderId,
    area,
    kind,
    iss: DEVICE_ISSUER,
    aud: stage,
    iat: epochSeconds(now),
  });

/** Whether a device should get a new token: its own has grown old, or says of it what is true no more. */
export const needsNewToken = (
  token: DeviceCaller,
  { elderId, area, kind }: Pick<DeviceRecord, 'elderId' | 'area' | 'kind'>,
  now: Instant,
): boolean =>
  epochSeconds(now) - token.issuedAt > ROTATE_AFTER_SECONDS ||
  token.elderId !== elderId ||
  token.area !== area ||
  token.kind !== kind;

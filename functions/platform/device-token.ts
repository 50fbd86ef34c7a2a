import { type CryptoKey, errors, importSPKI, jwtVerify } from 'jose';
import * as z from 'zod/mini';
import { DEVICE_KINDS } from '../../shared/contracts/device-kinds.ts';
import { type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import { BEARER, SESSION_ALGORITHM } from './who.ts';

/** Devices' tokens have an issuer and a key of their own: none of them can pass for a session, and no session for a device. */
export const DEVICE_ISSUER = 'anxin-devices';

/** What a device's token says. It never runs out: a key must work after a year in a drawer. */
const DeviceClaims = z.object({
  sub: z.string(),
  kind: z.enum(DEVICE_KINDS),
  area: z.string(),
  elderId: z.optional(z.string()),
  iat: z.int(),
});

/** A device that asks, as its token says: where it hangs, and whose it was when the token was issued (epoch seconds). */
export interface DeviceCaller {
  readonly role: 'device';
  readonly deviceId: string;
  readonly kind: (typeof DEVICE_KINDS)[number];
  readonly area: string;
  readonly elderId?: string | undefined;
  readonly issuedAt: number;
}

/** Checks devices' tokens of one stage. The key is imported once, at the first use. Whether one was revoked is not seen here. */
export function deviceVerifier({ publicKey, stage }: { publicKey: string; stage: string }) {
  let key: Promise<CryptoKey> | undefined;
  return async (authorization: string | undefined): Promise<DeviceCaller | Refusal> => {
    const token = BEARER.exec(authorization ?? '')?.[1];
    if (token === undefined) return refuse('unauthenticated');
    key ??= importSPKI(publicKey, SESSION_ALGORITHM);
    try {
      const { payload } = await jwtVerify(token, await key, {
        algorithms: [SESSION_ALGORITHM],
        issuer: DEVICE_ISSUER,
        audience: stage,
      });
      const claims = DeviceClaims.safeParse(payload);
      if (!claims.success) return refuse('unauthenticated');
      const { sub: deviceId, iat: issuedAt, ...rest } = claims.data;
      return { role: 'device', deviceId, issuedAt, ...rest };
    } catch (error) {
      if (error instanceof errors.JOSEError) return refuse('unauthenticated');
      throw error;
    }
  };
}

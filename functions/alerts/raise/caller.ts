import { type CryptoKey, errors, importSPKI, jwtVerify } from 'jose';
import { isRefusal, type Refusal, refuse } from '../../../shared/contracts/refusal.ts';
import { type DeviceCaller, deviceVerifier } from '../../platform/device-token.ts';
import { BEARER, SESSION_ALGORITHM, SESSION_ISSUER, Who } from '../../platform/who.ts';

/** A person who presses, as the session token says; `issuedAt` and `expiresAt` in epoch seconds. */
export type PersonCaller = Who & { readonly issuedAt: number; readonly expiresAt: number };
/** Who presses: a person of any role, or a device. */
export type Presser = PersonCaller | DeviceCaller;

export interface CallerKeys {
  readonly stage: string;
  readonly sessionPublicKey: string;
  readonly devicePublicKey: string;
}

/** A moment at which no token has run out: whoever could once sign in may call for help. */
const NO_TIME = new Date(0);

/**
 * Who presses, by the token alone, without the database. A session that has run out is good enough; one that is not signed by
 * this stage is refused `unauthenticated`. Whether a token was taken back is judged when the press is kept, after the yes.
 */
export function callerVerifier({ stage, sessionPublicKey, devicePublicKey }: CallerKeys) {
  let key: Promise<CryptoKey> | undefined;
  const device = deviceVerifier({ publicKey: devicePublicKey, stage });

  async function person(authorization: string | undefined): Promise<PersonCaller | Refusal> {
    const token = BEARER.exec(authorization ?? '')?.[1];
    if (token === undefined) return refuse('unauthenticated');
    key ??= importSPKI(sessionPublicKey, SESSION_ALGORITHM);
    try {
      const { payload } = await jwtVerify(token, await key, {
        algorithms: [SESSION_ALGORITHM],
        issuer: SESSION_ISSUER,
        audience: stage,
        requiredClaims: ['sub', 'exp', 'role'],
        currentDate: NO_TIME,
      });
      const who = Who.safeParse({ ...payload, personId: payload.sub });
      if (!who.success) return refuse('unauthenticated');
      return { ...who.data, issuedAt: payload.iat ?? 0, expiresAt: payload.exp ?? 0 };
    } catch (error) {
      if (error instanceof errors.JOSEError) return refuse('unauthenticated');
      throw error;
    }
  }

  return async (authorization: string | undefined): Promise<Presser | Refusal> => {
    const who = await person(authorization);
    return isRefusal(who) ? device(authorization) : who;
  };
}

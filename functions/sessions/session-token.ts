import { type Instant, toInstant } from '../../shared/values/dates.ts';
import { type Signer, signedToken } from '../platform/signer.ts';
import { SESSION_ISSUER } from '../platform/who.ts';
import type { StoredPerson } from './person.ts';

/** How long a session token holds at most, in seconds. It ends before with the person's epoch. */
export const TOKEN_SECONDS = 2 * 60 * 60;

/** A signed token that says who the person is, for one stage. */
export async function sessionToken(
  { signer, stage }: { readonly signer: Signer; readonly stage: string },
  { personId, role, area, canteenId, elderId, epoch }: StoredPerson,
  now: Instant,
): Promise<{ token: string; expiresAt: Instant }> {
  const iat = Math.floor(Date.parse(now) / 1000);
  const exp = iat + TOKEN_SECONDS;
  const claims = { sub: personId, role, area, canteenId, elderId, epoch, iss: SESSION_ISSUER, aud: stage, iat, exp };
  return { token: await signedToken(signer, claims), expiresAt: toInstant(exp * 1000) };
}

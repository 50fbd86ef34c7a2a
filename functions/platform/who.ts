import { type CryptoKey, errors, importSPKI, jwtVerify } from 'jose';
import * as z from 'zod/mini';
import { type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import { ROLES } from '../../shared/contracts/roles.ts';

/** Who asks, as the session token says it. `area` bounds what staff may see; families' ties are read with the elder. */
export const Who = z.object({
  personId: z.string(),
  role: z.enum(ROLES),
  area: z.optional(z.string()),
  canteenId: z.optional(z.string()),
  elderId: z.optional(z.string()),
  /** Of the person, when the token was issued: an older one than they have now was ended. Absent, 0, in tokens of before there were epochs. */
  epoch: z.optional(z.int()),
});
export type Who = z.infer<typeof Who>;

/** The one signature algorithm: named here so that a token cannot choose another (or `none`). */
export const SESSION_ALGORITHM = 'RS256';
export const SESSION_ISSUER = 'anxin';
export const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/;

/** Checks session tokens of one stage. Whether the session was ended since is judged by `standing.ts`. The key is imported once, at the first use. */
export function sessionVerifier({ publicKey, stage }: { publicKey: string; stage: string }) {
  let key: Promise<CryptoKey> | undefined;
  return async (authorization: string | undefined): Promise<Who | Refusal> => {
    const token = BEARER.exec(authorization ?? '')?.[1];
    if (token === undefined) return refuse('unauthenticated');
    key ??= importSPKI(publicKey, SESSION_ALGORITHM);
    try {
      const { payload } = await jwtVerify(token, await key, {
        algorithms: [SESSION_ALGORITHM],
        issuer: SESSION_ISSUER,
        audience: stage,
        requiredClaims: ['sub', 'exp', 'role'],
      });
      const who = Who.safeParse({ ...payload, personId: payload.sub });
      return who.success ? who.data : refuse('unauthenticated');
    } catch (error) {
      if (error instanceof errors.JWTExpired) return refuse('session-expired');
      if (error instanceof errors.JOSEError) return refuse('unauthenticated');
      throw error;
    }
  };
}

import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { SESSION_ALGORITHM, SESSION_ISSUER, type Who } from '../../functions/platform/who.ts';

/** A key pair for sessions of tests, and the tokens that it signs. */
export interface TestSessions {
  /** PEM (SPKI), as the functions get it. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
  token(who: Who, over?: { stage?: string; expiresIn?: string }): Promise<string>;
}

export function testSessions(stage = 'test'): TestSessions {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey,
    token: ({ personId, ...claims }, over = {}) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: SESSION_ALGORITHM })
        .setSubject(personId)
        .setIssuer(SESSION_ISSUER)
        .setAudience(over.stage ?? stage)
        .setIssuedAt()
        .setExpirationTime(over.expiresIn ?? '1h')
        .sign(privateKey),
  };
}

import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SigningKey {
  /** PEM, PKCS #8. */
  readonly file: string;
  /** PEM, SPKI. */
  readonly publicKey: string;
}

/** A key that signs tokens on this machine, in the data folder: tokens outlive a restart. */
export function signingKey(data: string, name: 'session-key.pem' | 'device-key.pem'): SigningKey {
  const file = join(data, name);
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  }
  const publicKey = createPublicKey(readFileSync(file)).export({ type: 'spki', format: 'pem' }).toString();
  return { file, publicKey };
}

import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The key that signs sessions on this machine, in the data folder: sessions outlive a restart. */
export function sessionKey(data: string): { file: string; publicKey: string } {
  const file = join(data, 'session-key.pem');
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  }
  const publicKey = createPublicKey(readFileSync(file)).export({ type: 'spki', format: 'pem' }).toString();
  return { file, publicKey };
}

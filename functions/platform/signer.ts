import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { KMSClient, SignCommand } from '@aws-sdk/client-kms';

/** Signs bytes with an RSA key (that of sessions, or that of devices): RSASSA-PKCS1-v1_5 over SHA-256, which JWT calls RS256. */
export type Signer = (data: Uint8Array) => Promise<Uint8Array>;

/** In the cloud the private key never leaves KMS. Key: RSA_2048, SIGN_VERIFY. */
export function kmsSigner(KeyId: string, client = new KMSClient({ maxAttempts: 3 })): Signer {
  return async (data) => {
    const { Signature } = await client.send(
      new SignCommand({ KeyId, Message: data, MessageType: 'RAW', SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256' }),
    );
    if (Signature === undefined) throw new Error('KMS answered without a signature');
    return Signature;
  };
}

/** On one machine the key is a PEM file (PKCS #8). */
export function fileSigner(file: string): Signer {
  const key = createPrivateKey(readFileSync(file));
  return (data) =>
    new Promise((resolve, reject) =>
      sign('RSA-SHA256', data, key, (error, signature) => (error ? reject(error) : resolve(signature))),
    );
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const HEADER = encoded({ alg: 'RS256', typ: 'JWT' });

/** A JSON Web Token with these claims. */
export async function signedToken(signer: Signer, claims: object): Promise<string> {
  const content = `${HEADER}.${encoded(claims)}`;
  const signature = await signer(Buffer.from(content));
  return `${content}.${Buffer.from(signature).toString('base64url')}`;
}

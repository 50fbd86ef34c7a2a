import { createHash, createHmac, randomBytes } from 'node:crypto';

/**
 * Refresh tokens come in chains: signing in begins one, each use goes on to the next token. A token is 32 bytes as base64url:
 * 16 that name the chain, and 16 that only its holder knows. The store keeps SHA-256 hashes of both parts' tokens alone.
 *
 * The next token is computed from the one before it and a salt that is stored: who has only the token, or only the store,
 * cannot make it; the server can make the same one again for a client that lost the answer.
 */
const CHAIN_BYTES = 16;
const SECRET_BYTES = 16;
const SALT_BYTES = 32;

const bytesOf = (token: string): Buffer => Buffer.from(token, 'base64url');
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64url');

/** The first token of a new chain. */
export const firstToken = (): string => randomBytes(CHAIN_BYTES + SECRET_BYTES).toString('base64url');
export const newSalt = (): string => randomBytes(SALT_BYTES).toString('base64url');

export const chainHashOf = (token: string): string => hash(bytesOf(token).subarray(0, CHAIN_BYTES));
export const tokenHashOf = (token: string): string => hash(bytesOf(token));

export function nextToken(token: string, salt: string): string {
  const bytes = bytesOf(token);
  const secret = createHmac('sha256', bytesOf(salt)).update(bytes).digest().subarray(0, SECRET_BYTES);
  return Buffer.concat([bytes.subarray(0, CHAIN_BYTES), secret]).toString('base64url');
}

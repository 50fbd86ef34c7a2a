import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { DEVICE_ISSUER, type DeviceCaller } from '../../../functions/platform/device-token.ts';
import { SESSION_ALGORITHM, SESSION_ISSUER, type Who } from '../../../functions/platform/who.ts';
import type { Asker } from '../authorisation/worlds.ts';

const STAGE = 'local';

interface Over {
  readonly stage?: string;
  readonly issuer?: string;
  /** Seconds from now. */
  readonly expires?: number | 'never';
  readonly without?: 'sub' | 'role';
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly algorithm?: string;
}

const now = (): number => Math.floor(Date.now() / 1000);

/** A session token of this person, signed with this key, or with one thing about it that is wrong. */
export function sign({ personId, ...claims }: Who, key: KeyObject | Uint8Array, over: Over = {}): Promise<string> {
  const { role: _, ...withoutRole } = claims;
  const said = { ...(over.without === 'role' ? withoutRole : claims), ...over.claims };
  const token = new SignJWT(said)
    .setProtectedHeader({ alg: over.algorithm ?? SESSION_ALGORITHM, typ: 'JWT' })
    .setIssuer(over.issuer ?? SESSION_ISSUER)
    .setAudience(over.stage ?? STAGE)
    .setIssuedAt();
  if (over.without !== 'sub') token.setSubject(personId);
  if (over.expires !== 'never') token.setExpirationTime(now() + (over.expires ?? 3600));
  return token.sign(key);
}

/** A device's token, or one with something about it that is wrong. */
export function signDevice(
  { deviceId, area }: Pick<DeviceCaller, 'deviceId' | 'area'>,
  key: KeyObject | Uint8Array,
  over: Over = {},
): Promise<string> {
  const token = new SignJWT({ kind: 'key', area, ...over.claims })
    .setProtectedHeader({ alg: over.algorithm ?? SESSION_ALGORITHM, typ: 'JWT' })
    .setIssuer(over.issuer ?? DEVICE_ISSUER)
    .setAudience(over.stage ?? STAGE)
    .setIssuedAt();
  if (over.without !== 'sub') token.setSubject(deviceId);
  return token.sign(key);
}

/** The token of whoever asks: a session's, or a device's. */
export const signAsker = (who: Asker, keys: { sessionKey: string; deviceKey: string }): Promise<string> =>
  who.role === 'device' ? signDevice(who, privateKeyOf(keys.deviceKey)) : sign(who, privateKeyOf(keys.sessionKey));

export const privateKeyOf = (pem: string): KeyObject => createPrivateKey(pem);

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** `alg: none`, with the given third part. */
function unsigned({ personId, ...claims }: Who, signature: string): string {
  const payload = { ...claims, sub: personId, iss: SESSION_ISSUER, aud: STAGE, iat: now(), exp: now() + 3600 };
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(payload)}.${signature}`;
}

/** One character of the middle part changed, so that it says something else than was signed. */
async function tampered(who: Who, key: KeyObject): Promise<string> {
  const [header, payload, signature] = (await sign({ ...who, role: 'family' }, key)).split('.');
  const said = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as object;
  return `${header}.${part({ ...said, role: who.role })}.${signature}`;
}

/** What must not pass for a device. */
export async function badDeviceAuthorizations(
  device: Extract<Asker, { role: 'device' }>,
  { sessionKey, deviceKey }: { sessionKey: string; deviceKey: string },
): Promise<Record<string, string | undefined>> {
  const key = privateKeyOf(deviceKey);
  const { privateKey: otherKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const good = await signDevice(device, key);
  const tokens = {
    'signed with the key of sessions': await signDevice(device, privateKeyOf(sessionKey)),
    'signed with another key': await signDevice(device, otherKey),
    'of another stage': await signDevice(device, key, { stage: 'live' }),
    'of a session’s issuer': await signDevice(device, key, { issuer: SESSION_ISSUER }),
    'without a device': await signDevice(device, key, { without: 'sub' }),
    'of a kind that does not exist': await signDevice(device, key, { claims: { kind: 'toaster' } }),
  };
  return {
    ...Object.fromEntries(Object.entries(tokens).map(([what, token]) => [`a token ${what}`, `Bearer ${token}`])),
    'no Authorization header': undefined,
    'a good token without Bearer': good,
  };
}

/** Every Authorization header that must open no door, though it names somebody who may enter. */
export async function badAuthorizations(who: Who, pem: string): Promise<Record<string, string | undefined>> {
  const key = privateKeyOf(pem);
  const publicPem = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  const { privateKey: otherKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const good = await sign(who, key);
  const tokens = {
    'signed with another key': await sign(who, otherKey),
    'signed with the public key as a shared secret': await sign(who, Buffer.from(publicPem), { algorithm: 'HS256' }),
    'of another algorithm by the right key': await sign(who, key, { algorithm: 'RS512' }),
    'without a signature (alg none)': unsigned(who, ''),
    'alg none with a signature': unsigned(who, good.split('.')[2] ?? ''),
    'that says another role than was signed': await tampered(
      who.role === 'family' ? { ...who, role: 'elder' } : who,
      key,
    ),
    'that has expired': await sign(who, key, { expires: -60 }),
    'that never expires': await sign(who, key, { expires: 'never' }),
    'of another stage': await sign(who, key, { stage: 'live' }),
    'of another issuer': await sign(who, key, { issuer: 'anxin-devices' }),
    'without a person': await sign(who, key, { without: 'sub' }),
    'without a role': await sign(who, key, { without: 'role' }),
    'with a role that does not exist': await sign(who, key, { claims: { role: 'administrator' } }),
    'that is garbage': 'Ym9ndXM.Ym9ndXM.Ym9ndXM',
  };
  return {
    ...Object.fromEntries(Object.entries(tokens).map(([what, token]) => [`a token ${what}`, `Bearer ${token}`])),
    'no Authorization header': undefined,
    'an empty Authorization header': '',
    'a good token without Bearer': good,
    'a good token as Basic': `Basic ${good}`,
    'two good tokens': `Bearer ${good} ${good}`,
  };
}

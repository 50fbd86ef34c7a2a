import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KMSClient, KMSInvalidStateException, SignCommand } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { SignJWT } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { fileSigner, kmsSigner } from '../../../functions/platform/signer.ts';
import { sessionVerifier } from '../../../functions/platform/who.ts';
import { newPerson } from '../../../functions/sessions/person.ts';
import { sessionToken, TOKEN_SECONDS } from '../../../functions/sessions/session-token.ts';
import { toInstant } from '../../../shared/values/dates.ts';
import { COMMUNITY, id } from '../../support/a-town.ts';

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicKey = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const pem = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const kms = mockClient(KMSClient);
afterEach(() => kms.reset());

const staff = newPerson({
  personId: id(1),
  name: '李明',
  role: 'canteen-staff',
  phone: '13800000000',
  area: COMMUNITY,
  canteenId: 'binhe',
});
const now = () => toInstant(Math.floor(Date.now() / 1000) * 1000);
const verify = (token: string, stage = 'prod') => sessionVerifier({ publicKey, stage })(`Bearer ${token}`);

function keyFile(): { file: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'anxin-key-'));
  const file = join(folder, 'session.pem');
  writeFileSync(file, pem);
  return { file, remove: () => rmSync(folder, { recursive: true }) };
}

async function signed(at = now(), stage = 'prod'): Promise<{ token: string; expiresAt: string }> {
  const { file, remove } = keyFile();
  try {
    return await sessionToken({ signer: fileSigner(file), stage }, staff, at);
  } finally {
    remove();
  }
}

describe('a session token', () => {
  it('says who the person is, to the functions of its stage, for two hours', async () => {
    const at = now();
    const { token, expiresAt } = await signed(at);
    expect(await verify(token)).toEqual({
      personId: id(1),
      role: 'canteen-staff',
      area: COMMUNITY,
      canteenId: 'binhe',
      epoch: 0,
    });
    expect(Date.parse(expiresAt) - Date.parse(at)).toBe(TOKEN_SECONDS * 1000);
  });

  it('holds neither name nor phone', async () => {
    const { token } = await signed();
    const [, payload = ''] = token.split('.');
    const text = Buffer.from(payload, 'base64url').toString();
    expect(text).not.toContain('13800000000');
    expect(text).not.toContain('李明');
  });

  it('is refused by another stage, when it has expired, and when one letter is changed', async () => {
    const { token } = await signed();
    expect(await verify(token, 'dev')).toEqual({ refused: 'unauthenticated' });
    const { token: old } = await signed(toInstant(Date.now() - TOKEN_SECONDS * 1000 - 1000));
    expect(await verify(old)).toEqual({ refused: 'session-expired' });
    const [header, payload = '', signature] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const raised = Buffer.from(JSON.stringify({ ...claims, role: 'district-staff' })).toString('base64url');
    expect(await verify(`${header}.${raised}.${signature}`)).toEqual({ refused: 'unauthenticated' });
  });

  it('is refused without a signature, or with one made from the public key as a password', async () => {
    const [, payload] = (await signed()).token.split('.');
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    expect(await verify(`${none}.${payload}.`)).toEqual({ refused: 'unauthenticated' });
    expect(await verify(`${none}.${payload}.AAAA`)).toEqual({ refused: 'unauthenticated' });
    const confused = await new SignJWT({ role: 'district-staff' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(id(1))
      .setIssuer('anxin')
      .setAudience('prod')
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(publicKey));
    expect(await verify(confused)).toEqual({ refused: 'unauthenticated' });
  });

  it('is signed by KMS alike', async () => {
    kms.on(SignCommand).callsFake(({ Message, KeyId, MessageType, SigningAlgorithm }) => {
      expect([KeyId, MessageType, SigningAlgorithm]).toEqual(['key-1', 'RAW', 'RSASSA_PKCS1_V1_5_SHA_256']);
      return { Signature: sign('RSA-SHA256', Message, keys.privateKey) };
    });
    const { token } = await sessionToken({ signer: kmsSigner('key-1'), stage: 'prod' }, staff, now());
    expect(await verify(token)).toMatchObject({ personId: id(1) });
  });

  it('is not made when KMS does not sign', async () => {
    kms.on(SignCommand).rejects(new KMSInvalidStateException({ message: 'disabled', $metadata: {} }));
    await expect(sessionToken({ signer: kmsSigner('key-1'), stage: 'prod' }, staff, now())).rejects.toThrow('disabled');
    kms.reset();
    kms.on(SignCommand).resolves({});
    await expect(sessionToken({ signer: kmsSigner('key-1'), stage: 'prod' }, staff, now())).rejects.toThrow(
      'signature',
    );
  });
});

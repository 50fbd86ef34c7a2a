import { createVerify, generateKeyPairSync, sign } from 'node:crypto';
import { GetPublicKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../infra/constructs/public-key-reader.ts';

const kms = mockClient(KMSClient);
const answers: Record<string, unknown>[] = [];
beforeEach(() => {
  kms.reset();
  answers.length = 0;
  vi.stubGlobal('fetch', async (url: string, { method, body }: { method: string; body: Buffer }) => {
    expect([url, method]).toEqual(['https://answer.example/', 'PUT']);
    answers.push(JSON.parse(body.toString()) as Record<string, unknown>);
    return new Response();
  });
});
afterEach(() => vi.unstubAllGlobals());

const event = (RequestType: 'Create' | 'Delete') =>
  ({
    RequestType,
    ResponseURL: 'https://answer.example/',
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Key',
    ResourceProperties: { KeyId: 'key-1' },
  }) as unknown as CloudFormationCustomResourceEvent;

describe('the reader of the sessions’ public key', () => {
  it('answers CloudFormation with a PEM that verifies what the key signs', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const der = publicKey.export({ type: 'spki', format: 'der' });
    kms.on(GetPublicKeyCommand, { KeyId: 'key-1' }).resolves({ PublicKey: der });
    await handler(event('Create'));
    expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'key-1', LogicalResourceId: 'Key' }]);
    const [{ Data } = { Data: {} }] = answers;
    const { Pem } = Data as { Pem: string };
    const signature = sign('RSA-SHA256', Buffer.from('token'), privateKey);
    expect(createVerify('RSA-SHA256').update('token').verify(Pem, signature)).toBe(true);
  });

  it('tells CloudFormation when KMS refuses, which would wait for an hour otherwise', async () => {
    kms.on(GetPublicKeyCommand).rejects(new Error('AccessDeniedException'));
    await handler(event('Create'));
    expect(answers).toMatchObject([{ Status: 'FAILED', Reason: expect.stringContaining('AccessDenied') }]);
  });

  it('has nothing to do when the stack is deleted', async () => {
    await handler(event('Delete'));
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(kms.calls()).toHaveLength(0);
  });
});

import { createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

const kms = new KMSClient({});

/** Answers CloudFormation with the attribute `Pem` of the key in `KeyId`. Deleting needs no work. */
export async function handler(event: CloudFormationCustomResourceEvent): Promise<void> {
  const { KeyId } = event.ResourceProperties as unknown as { KeyId: string };
  const answer = {
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    PhysicalResourceId: KeyId,
  };
  try {
    const Data = event.RequestType === 'Delete' ? {} : { Pem: await publicKey(KeyId) };
    await put(event.ResponseURL, { ...answer, Status: 'SUCCESS', Data });
  } catch (error) {
    // Without an answer CloudFormation would wait for an hour.
    await put(event.ResponseURL, { ...answer, Status: 'FAILED', Reason: String(error) });
  }
}

async function publicKey(KeyId: string): Promise<string> {
  const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId }));
  if (PublicKey === undefined) throw new Error(`KMS gave no public key for ${KeyId}`);
  return createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' })
    .export({ type: 'spki', format: 'pem' })
    .toString();
}

async function put(url: string, body: object): Promise<void> {
  // As bytes: the signature in the address covers an empty content type, and text would bring one along.
  const response = await fetch(url, { method: 'PUT', body: Buffer.from(JSON.stringify(body)) });
  if (!response.ok) throw new Error(`CloudFormation took no answer: ${response.status}`);
}

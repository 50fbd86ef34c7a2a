import { createServer, type Server } from 'node:http';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { managedSecret, secretFrom } from '../../../functions/platform/secret.ts';
import { gatewayText, snsText } from '../../../functions/platform/text-message.ts';

const sns = mockClient(SNSClient);
const secrets = mockClient(SecretsManagerClient);
let server: Server | undefined;
afterEach(() => {
  sns.reset();
  secrets.reset();
  server?.close();
});

async function aGateway(status: number) {
  const received: { authorization: string | undefined; body: unknown }[] = [];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({ authorization: request.headers.authorization, body: JSON.parse(Buffer.concat(chunks).toString()) });
    response.writeHead(status).end('{}');
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/sms`, received };
}

describe('a text message', () => {
  it('goes to the gateway as JSON, with the key where there is one', async () => {
    const { url, received } = await aGateway(202);
    expect(await gatewayText(url)('13800000000', '你好')).toBe(true);
    expect(await gatewayText(url, async () => 'key')('13800000000', '你好')).toBe(true);
    expect(received).toEqual([
      { authorization: undefined, body: { phone: '13800000000', text: '你好' } },
      { authorization: 'Bearer key', body: { phone: '13800000000', text: '你好' } },
    ]);
  });

  it('was not handed over when the gateway refuses, or is not there', async () => {
    const { url } = await aGateway(500);
    expect(await gatewayText(url)('13800000000', '你好')).toBe(false);
    await new Promise((resolve) => server?.close(resolve));
    expect(await gatewayText(url)('13800000000', '你好')).toBe(false);
  });

  it('goes by SNS to the number with its country, and was not handed over when SNS fails', async () => {
    sns.on(PublishCommand).resolves({});
    expect(await snsText()('13800000000', '你好')).toBe(true);
    expect(sns.commandCalls(PublishCommand)[0]?.args[0].input).toEqual({
      PhoneNumber: '+8613800000000',
      Message: '你好',
    });
    sns.reset();
    sns.on(PublishCommand).rejects(new Error('opted out'));
    expect(await snsText()('13800000000', '你好')).toBe(false);
  });
});

describe('a secret', () => {
  it('is fetched once, and again when ten minutes are over', async () => {
    let at = 0;
    secrets.on(GetSecretValueCommand).resolvesOnce({ SecretString: 'a' }).resolves({ SecretString: 'b' });
    const secret = managedSecret('arn:1', () => at);
    expect(await Promise.all([secret(), secret()])).toEqual(['a', 'a']);
    at = 11 * 60_000;
    expect(await secret()).toBe('b');
    expect(secrets.commandCalls(GetSecretValueCommand)).toHaveLength(2);
  });

  it('that could not be fetched is asked for again', async () => {
    secrets.on(GetSecretValueCommand).rejectsOnce(new Error('down')).resolves({ SecretString: 'a' });
    const secret = managedSecret('arn:1');
    await expect(secret()).rejects.toThrow('down');
    expect(await secret()).toBe('a');
  });

  it('that is empty is a fault', async () => {
    secrets.on(GetSecretValueCommand).resolves({ SecretString: '' });
    await expect(managedSecret('arn:1')()).rejects.toThrow('empty');
  });

  it('is the variable itself on one machine, and absent where neither is set', async () => {
    expect(await secretFrom({ KEY: 'here', KEY_ARN: 'arn:1' }, 'KEY')?.()).toBe('here');
    expect(secretFrom({}, 'KEY')).toBeUndefined();
    secrets.on(GetSecretValueCommand, { SecretId: 'arn:1' }).resolves({ SecretString: 'there' });
    expect(await secretFrom({ KEY_ARN: 'arn:1' }, 'KEY')?.()).toBe('there');
  });
});

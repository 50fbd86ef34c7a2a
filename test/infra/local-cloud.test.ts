import { spawnSync } from 'node:child_process';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientConfig } from '../../infra/local/clients.ts';
import type { LocalCloud } from '../../infra/local/local-cloud.ts';
import { eventually, newDataFolder, notesAt, removeDataFolder, startFixture } from './fixture/cloud.ts';

let cloud: LocalCloud;
let notes: ReturnType<typeof notesAt>;
const data = newDataFolder();

async function begin(): Promise<void> {
  cloud = await startFixture({ data });
  notes = notesAt(cloud.apis.FixtureApi ?? '');
}

beforeAll(begin);
afterAll(async () => {
  await cloud.stop();
  removeDataFolder(data);
});

const heard = (noteId: string): Promise<number> =>
  eventually(`${noteId} is heard`, async () => (await notes.get(noteId)).tally?.heard);

/** Looks into the fixture's dead letters until one is what is looked for. */
function deadLetter(isIt: (body: string) => boolean): Promise<string> {
  const sqs = new SQSClient({ ...clientConfig(cloud.engines.messaging), useQueueUrlAsEndpoint: false });
  const QueueUrl = [...cloud.queues.values()].find((url) => url.includes('Dead'));
  return eventually('a dead letter', async () => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
    );
    return Messages.map(({ Body = '' }) => Body).find(isIt);
  });
}

describe('the gateway', () => {
  it('gives a function the request in payload format 2.0', async () => {
    const response = await notes.call('POST', '/behaviour/echo?day=1&day=2&name=%E5%AE%89', { a: 1 });
    const { event, remaining, env } = (await response.json()) as {
      event: Record<string, unknown>;
      remaining: number;
      env: string;
    };
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'POST /behaviour/{kind}',
      rawPath: '/behaviour/echo',
      rawQueryString: 'day=1&day=2&name=%E5%AE%89',
      queryStringParameters: { day: '1,2', name: '安' },
      pathParameters: { kind: 'echo' },
      headers: { 'content-type': 'application/json' },
      body: '{"a":1}',
      isBase64Encoded: false,
    });
    expect(remaining).toBeGreaterThan(0);
    expect(remaining).toBeLessThanOrEqual(2000);
    expect(env).toBe('local');
  });

  it('makes JSON with status 200 of an answer without a status', async () => {
    const response = await notes.behave('plain');
    expect([response.status, await response.json()]).toEqual([200, { hello: 'world' }]);
  });

  it('answers 404 where the template has no route, and 413 above 10 MB', async () => {
    expect((await notes.call('GET', '/nowhere')).status).toBe(404);
    expect((await notes.call('DELETE', '/notes/a')).status).toBe(404);
    expect((await notes.behave('echo', 'x'.repeat(11 * 1024 * 1024))).status).toBe(413);
  });

  it('tells nothing of the inside when a function throws', async () => {
    const response = await notes.behave('throw');
    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  });

  it('gives up on a function at its time limit, also on one in an endless loop, and serves on', async () => {
    for (const kind of ['hang', 'loop']) {
      const from = Date.now();
      expect((await notes.behave(kind)).status).toBe(500);
      expect(Date.now() - from).toBeGreaterThanOrEqual(1990);
    }
    await eventually('it answers again', async () => ((await notes.behave('plain')).status === 200 ? true : undefined));
  });

  it('lets the pages that the template names call it, and no other', async () => {
    const preflight = async (origin: string): Promise<Response> =>
      fetch(`${cloud.apis.FixtureApi}/notes/a`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'PUT' },
      });
    const allowed = await preflight('https://web.example');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://web.example');
    expect(allowed.headers.get('access-control-allow-methods')).toBe('PUT');
    expect((await preflight('https://elsewhere.example')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('events', () => {
  it('reach the function behind stream, topic and filtered queue', async () => {
    await notes.put('quiet', { type: 'plain' });
    await notes.put('loud', { type: 'important' });
    expect(await heard('loud')).toBe(1);
    expect((await notes.get('quiet')).tally).toBeUndefined();
  });

  it('that a function reports as failed are tried again, given up and told to the dead letters, and the rest goes on', async () => {
    await notes.put('poison-reported', { type: 'important', poison: 'reported' });
    await notes.put('poison-thrown', { type: 'important', poison: 'thrown' });
    await notes.put('after-poison', { type: 'important' });
    expect(await heard('after-poison')).toBe(1);
    const report = await deadLetter((body) => body.includes('RetryAttemptsExhausted'));
    expect(JSON.parse(report)).toMatchObject({
      DDBStreamBatchInfo: { batchSize: 1 },
      requestContext: { condition: 'RetryAttemptsExhausted' },
    });
  });

  it('that a queue hands out in vain end in its dead letters', async () => {
    await notes.put('poison-queue', { type: 'important', poison: 'queue' });
    await notes.put('beside-poison', { type: 'important' });
    expect(await heard('beside-poison')).toBe(1);
    const letter = await deadLetter((body) => body.includes('poison-queue'));
    expect(JSON.parse(letter)).toEqual({ noteId: 'poison-queue', poison: 'queue' });
  });

  it('of a schedule come at once where it has never run', async () => {
    const ticks = await eventually('a tick', async () => (await notes.get('clock')).tally?.ticks);
    expect(ticks).toBe(1);
  });
});

describe('faults', () => {
  it('break the topic, and what was written is told once it is well again', async () => {
    await cloud.setFaults('sns=down');
    expect((await notes.put('while-down', { type: 'important' })).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await notes.get('while-down')).tally).toBeUndefined();
    await cloud.setFaults('');
    expect(await heard('while-down')).toBeGreaterThanOrEqual(1);
  });

  it('lose the answer of a write that was done', async () => {
    await cloud.setFaults('dynamodb=timeout-after-commit:1');
    expect((await notes.put('unanswered', { type: 'plain' })).status).toBe(500);
    await cloud.setFaults('');
    expect((await notes.get('unanswered')).note).toMatchObject({ type: 'plain' });
  });

  it('are switched over HTTP too, and a mistake is told with what would be right', async () => {
    const switched = await fetch(`${cloud.web}/dev/faults`, { method: 'POST', body: 'latency=300ms' });
    expect(await switched.json()).toMatchObject({ latencyMs: 300 });
    const from = Date.now();
    await notes.get('loud');
    expect(Date.now() - from).toBeGreaterThanOrEqual(300);
    const wrong = await fetch(`${cloud.web}/dev/faults`, { method: 'POST', body: 'dynamodb=conflict:7' });
    expect(wrong.status).toBe(400);
    expect(JSON.stringify(await wrong.json())).toContain('between 0 and 1');
    await cloud.setFaults('');
  });

  it('cannot be switched by a page from elsewhere', async () => {
    const response = await fetch(`${cloud.web}/dev/faults`, {
      method: 'POST',
      body: 'sns=down',
      headers: { origin: 'https://evil.example' },
    });
    expect(response.status).toBe(403);
  });
});

describe('a restart', () => {
  it('keeps what was written, and delivers what was not yet delivered', async () => {
    // The function behind the stream cannot publish, so this event is still under way when everything ends.
    await cloud.setFaults('sns=down');
    await notes.put('before-restart', { type: 'important', text: 'kept' });
    await cloud.stop();
    await begin();
    expect((await notes.get('before-restart')).note).toMatchObject({ text: 'kept' });
    expect(await heard('before-restart')).toBeGreaterThanOrEqual(1);
  });

  it('does not deliver again what was delivered', async () => {
    await notes.put('once', { type: 'important' });
    expect(await heard('once')).toBe(1);
    await cloud.stop();
    await begin();
    await notes.put('marker', { type: 'important' });
    await heard('marker');
    expect((await notes.get('once')).tally?.heard).toBe(1);
  });
});

const hasJava = spawnSync('java', ['-version']).status === 0;
describe.runIf(hasJava)('on DynamoDB Local, where dynoxide has no binary', () => {
  it('everything runs alike, over a restart too', async () => {
    const folder = newDataFolder();
    try {
      for (const noteId of ['first', 'second']) {
        const other = await startFixture({ data: folder, engine: 'dynamodb-local' });
        const at = notesAt(other.apis.FixtureApi ?? '');
        await at.put(noteId, { type: 'important' });
        await eventually(`${noteId} is heard`, async () => (await at.get(noteId)).tally?.heard);
        expect((await at.get('first')).note).toMatchObject({ type: 'important' });
        await other.stop();
      }
    } finally {
      removeDataFolder(folder);
    }
  });
});

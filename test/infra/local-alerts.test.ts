import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clientConfig } from '../../infra/local/clients.ts';
import { parseFaults } from '../../infra/local/faults.ts';
import type { LocalCloud } from '../../infra/local/local-cloud.ts';
import { median } from '../bench/median.ts';
import { eventually, newDataFolder, notesAt, removeDataFolder, startFixture } from './fixture/cloud.ts';

/** What the local cloud does for alerts besides what lunch needs: aliases, functions that send messages, faults of the world outside. */
let cloud: LocalCloud;
let notes: ReturnType<typeof notesAt>;
const data = newDataFolder();

async function begin(): Promise<void> {
  cloud = await startFixture({ data });
  notes = notesAt(cloud.apis.FixtureApi ?? '');
}
beforeAll(begin);
beforeEach(() => cloud.setFaults(''));
afterAll(async () => {
  await cloud.stop();
  removeDataFolder(data);
});

const heard = (noteId: string): Promise<number> =>
  eventually(`${noteId} is heard`, async () => (await notes.get(noteId)).tally?.heard);
const later = (noteId: string, delay: number, queue = 'important'): Promise<Response> =>
  notes.behave('later', { noteId, delay, queue });

describe('a route of an alias', () => {
  it('is answered by the function behind it', async () => {
    expect((await notes.behave('plain')).status).toBe(200);
  });

  it('and nothing of it is told as left out', () => {
    expect(cloud.cannotRun).toEqual([]);
  });
});

it('a function that is told the address of an API reaches it there', async () => {
  expect(await cloud.invoke('Caller', {})).toEqual({ status: 200 });
});

describe('a message that a function sends', () => {
  it('reaches an idle reader in the time of some requests, not at the next look of a poller', async () => {
    const [heardAfter, answeredAfter]: [number[], number[]] = [[], []];
    const took = async (act: () => Promise<unknown>): Promise<number> => {
      const from = performance.now();
      await act();
      return performance.now() - from;
    };
    for (let n = 1; n <= 9; n++) {
      answeredAfter.push(await took(() => notes.behave('plain')));
      const noteId = `quick-${n}`;
      const sent = took(async () => {
        await later(noteId, 0);
        while ((await notes.get(noteId)).tally === undefined) await new Promise((resolve) => setTimeout(resolve, 2));
      });
      heardAfter.push(await sent);
    }
    // Compared with a plain request of the same moment: a busy machine is slow at both.
    expect(median(heardAfter)).toBeLessThan(50 + 8 * median(answeredAfter));
  });

  it('comes when its delay is over, not before, and by the second', async () => {
    const from = Date.now();
    await later('delayed', 2);
    await heard('delayed');
    expect(Date.now() - from).toBeGreaterThanOrEqual(2000);
    expect(Date.now() - from).toBeLessThan(3500);
  });

  it('comes also when everything was ended and started again meanwhile', async () => {
    await later('over-a-restart', 2);
    await cloud.stop();
    await begin();
    expect(await heard('over-a-restart')).toBe(1);
  });

  it('waits where its reader has no more room, and is lost no more than anything else', async () => {
    await Promise.all(['a', 'b', 'c', 'd'].map(() => later('slow', 0, 'slowly')));
    await eventually('all four', async () => ((await notes.get('slow')).tally?.heard === 4 ? true : undefined), 40_000);
    expect((await notes.get('slow')).tally?.overlaps).toBeUndefined();
  });
});

it('a topic’s filter matches one value of a list, and none that the list lacks', async () => {
  const sns = new SNSClient(clientConfig(cloud.engines.messaging));
  const publish = (noteId: string, types: readonly string[]): Promise<unknown> =>
    sns.send(
      new PublishCommand({
        TopicArn: cloud.environment.TOPIC_ARN,
        Message: JSON.stringify({ noteId }),
        MessageAttributes: { type: { DataType: 'String.Array', StringValue: JSON.stringify(types) } },
      }),
    );
  await publish('not-in-the-list', ['plain', 'unimportant']);
  await publish('in-the-list', ['plain', 'important']);
  expect(await heard('in-the-list')).toBe(1);
  expect((await notes.get('not-in-the-list')).tally).toBeUndefined();
  sns.destroy();
});

describe('faults', () => {
  it('of SQS keep a function from sending', async () => {
    await cloud.setFaults('sqs=down');
    expect((await later('unsent', 0)).status).toBe(500);
    await cloud.setFaults('');
    expect((await later('sent', 0)).status).toBe(200);
    expect(await heard('sent')).toBe(1);
  });

  it.each(['sqs', 'sns', 'dynamodb'])(
    'of %s are told to a function at once, not after its patience',
    async (service) => {
      await cloud.setFaults(`${service}=down`);
      const from = Date.now();
      if (service === 'dynamodb') await notes.put('down', { type: 'plain' });
      else await later('down', 0);
      expect(Date.now() - from).toBeLessThan(1500);
    },
  );

  it('of a gateway break it alone, and what got through stands in what was received', async () => {
    expect((await notes.behave('text')).status).toBe(202);
    expect(cloud.received().at(-1)).toMatchObject({
      channel: 'sms',
      to: '13900000001',
      alertId: 'alert-1',
      notice: 'wave-1',
    });
    const before = cloud.received().length;
    await cloud.setFaults('sms=down');
    expect((await notes.behave('text')).status).toBe(500);
    await cloud.setFaults('sms=throttle:1');
    expect((await notes.behave('text')).status).toBe(429);
    expect(cloud.received()).toHaveLength(before);
    expect((await notes.put('beside', { type: 'plain' })).status).toBe(200);
  });

  it('kill the function that calls before its call goes through, and a new one does the work', async () => {
    await cloud.setFaults('dynamodb=kill:1');
    await later('killed', 0);
    await new Promise((resolve) => setTimeout(resolve, 800));
    await cloud.setFaults('');
    expect(await heard('killed')).toBe(1);
  });

  it.each([
    ['voice=kill:0.5', 'not understood'],
    ['sns=kill', 'between 0 and 1'],
    ['pigeon=down', 'services: dynamodb, sns, sqs, wechat, sms, voice, partner'],
  ])('written wrong (%s) are told with what would be right', (spec, words) => {
    expect(() => parseFaults(spec)).toThrow(words);
  });
});

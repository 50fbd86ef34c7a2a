import { beforeEach, describe, expect, it } from 'vitest';
import type { NoticeMessage } from '../../../../functions/alerts/messages.ts';
import {
  type ChannelQueues,
  publishNotice,
  publishPress,
} from '../../../../functions/alerts/notices/publish-notice.ts';
import type { Recipient } from '../../../../functions/alerts/records.ts';
import { CHANNELS } from '../../../../shared/contracts/alerts.ts';
import { GRID, id, NOW } from '../../../support/a-town.ts';
import { aPress } from '../../../support/alerts-desk.ts';

const channelQueues = Object.fromEntries(CHANNELS.map((channel) => [channel, `${channel}-queue`])) as ChannelQueues;
const published: { message: object; attributes: object }[] = [];
const sent: { queue: string; message: object }[] = [];
const broken = new Set<string>();
const ways = {
  channelQueues,
  pressesQueue: 'presses-queue',
  publish: async (message: object, attributes: object) => {
    if (broken.has('topic')) throw new Error('the topic is down');
    published.push({ message, attributes });
  },
  send: async (queue: string, message: object) => {
    if (broken.has(queue)) throw new Error(`${queue} is down`);
    sent.push({ queue, message });
  },
};
beforeEach(() => {
  published.length = 0;
  sent.length = 0;
  broken.clear();
});

const recipient = (n: number, channel: Recipient['channel']): Recipient => ({
  channel,
  to: id(n),
  name: `name ${n}`,
  callee: 'family',
});
const notice = (recipients: Recipient[]): NoticeMessage => ({
  type: 'notice',
  alertId: id(1),
  notice: 'wave-1',
  kind: 'wave',
  source: 'key',
  raisedAt: NOW,
  drill: false,
  area: GRID,
  recipients,
});

describe('a notice', () => {
  it('is published once, and says which channels it is for', async () => {
    const one = notice([recipient(1, 'voice'), recipient(2, 'voice'), recipient(1, 'inbox')]);
    await publishNotice(ways, one);
    expect(published).toEqual([{ message: one, attributes: { type: 'notice', channels: ['voice', 'inbox'] } }]);
    expect(sent).toEqual([]);
  });

  it('is not published when it is for nobody', async () => {
    await publishNotice(ways, notice([]));
    expect(published).toEqual([]);
  });

  it('goes as the same message into the queue of each of its channels, and no other, when the topic is down', async () => {
    broken.add('topic');
    const one = notice([recipient(1, 'voice'), recipient(2, 'sms')]);
    await publishNotice(ways, one);
    expect(sent).toEqual([
      { queue: 'voice-queue', message: one },
      { queue: 'sms-queue', message: one },
    ]);
  });

  it('reaches the other channels when one can be reached by neither way, and then fails', async () => {
    broken.add('topic').add('voice-queue');
    await expect(publishNotice(ways, notice([recipient(1, 'voice'), recipient(2, 'sms')]))).rejects.toThrow(
      'voice-queue is down',
    );
    expect(sent.map(({ queue }) => queue)).toEqual(['sms-queue']);
  });

  it('for a great many is parted, so that each message is small enough', async () => {
    await publishNotice(ways, notice(Array.from({ length: 700 }, (_, n) => recipient(n, n % 2 ? 'sms' : 'voice'))));
    const parts = published.map(({ message }) => (message as NoticeMessage).recipients);
    expect(parts.map((part) => part.length)).toEqual([300, 300, 100]);
    expect(new Set(parts.flat().map(({ to }) => to)).size).toBe(700);
    for (const { message } of published) expect(JSON.stringify(message).length).toBeLessThan(256 * 1024);
  });
});

describe('a press from inside', () => {
  it('is published, or goes straight into the queue of presses', async () => {
    const press = aPress();
    await publishPress(ways, press);
    expect(published).toEqual([{ message: { type: 'press', press }, attributes: { type: 'press' } }]);
    broken.add('topic');
    await publishPress(ways, press);
    expect(sent).toEqual([{ queue: 'presses-queue', message: { type: 'press', press } }]);
    broken.add('presses-queue');
    await expect(publishPress(ways, press)).rejects.toThrow('presses-queue is down');
  });
});

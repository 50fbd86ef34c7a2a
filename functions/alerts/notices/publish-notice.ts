import type { Channel } from '../../../shared/contracts/alerts.ts';
import { log } from '../../platform/log.ts';
import type { Publish, Send } from '../../platform/messages.ts';
import type { NoticeMessage, PressMessage } from '../messages.ts';
import type { PressRecord, Recipient } from '../records.ts';

/** The addresses of the channels' queues. */
export type ChannelQueues = Readonly<Record<Channel, string>>;

/** The two ways to the channels: the topic, and each queue by itself. */
export interface NoticeWays {
  readonly publish: Publish;
  readonly send: Send;
  readonly channelQueues: ChannelQueues;
}

/** A message of SNS and SQS holds 256 KB; a recipient takes less than half of one. */
const MOST_RECIPIENTS = 300;

/**
 * Tells the channels: by the topic, and where that fails, by putting the same message straight into the queue of each channel
 * that has a recipient. A notice without recipients is not sent. Safe to repeat: the ledger knows who has heard a notice.
 *
 * Throws when a channel could be reached by neither way. Then the others have it already.
 */
export async function publishNotice(ways: NoticeWays, notice: NoticeMessage): Promise<void> {
  const { recipients } = notice;
  const parts: NoticeMessage[] = [];
  for (let from = 0; from < recipients.length; from += MOST_RECIPIENTS)
    parts.push({ ...notice, recipients: recipients.slice(from, from + MOST_RECIPIENTS) });
  await allOf(parts.map((part) => publishPart(ways, part)));
}

async function publishPart({ publish, send, channelQueues }: NoticeWays, notice: NoticeMessage): Promise<void> {
  const channels = channelsOf(notice.recipients);
  try {
    await publish(notice, { type: 'notice', channels });
  } catch (error) {
    await failed('notice', notice, error);
    await allOf(channels.map((channel) => send(channelQueues[channel], notice)));
  }
}

/** The topic, and the queue behind it. */
export interface PressWays extends Pick<NoticeWays, 'publish' | 'send'> {
  readonly pressesQueue: string;
}

/** Publishes a press by the topic, and where that fails, straight into the queue of presses. Throws when both fail. */
export async function publishPress({ publish, send, pressesQueue }: PressWays, press: PressRecord): Promise<void> {
  const message: PressMessage = { type: 'press', press };
  try {
    await publish(message, { type: 'press' });
  } catch (error) {
    await failed('press', { alertId: press.pressId }, error);
    await send(pressesQueue, message);
  }
}

const channelsOf = (recipients: readonly Recipient[]): Channel[] => [
  ...new Set(recipients.map(({ channel }) => channel)),
];

/** The line from which the metric of failed publishing is made. */
const failed = (what: string, { alertId }: { readonly alertId: string }, error: unknown): Promise<void> =>
  log.error('publish failed', { what, alertId, error: error instanceof Error ? error : new Error(String(error)) });

/** Waits for all, also when one fails; then throws what failed. */
async function allOf(work: readonly Promise<void>[]): Promise<void> {
  const faults = (await Promise.allSettled(work))
    .filter((one) => one.status === 'rejected')
    .map(({ reason }) => reason);
  if (faults.length > 0)
    throw faults.length === 1 ? faults[0] : new AggregateError(faults, 'some channels cannot be reached');
}

import type { ItemChange } from '../../platform/consumer.ts';
import type { PressMessage } from '../messages.ts';
import type { PressWays } from '../notices/publish-notice.ts';
import { PressRecord } from '../records.ts';

/** What is published arrives in a moment: a press that was, is kept before this one comes, and costs one read. */
const DELAY_SECONDS = 1;

/**
 * The guarantee: every press that was stored is brought to be kept once more, published or not. Whatever happens to the topic, or
 * to a function between its put and its publish, loses nothing.
 */
export async function pressStored(
  { send, pressesQueue, pressesAgainQueue }: Pick<PressWays, 'send' | 'pressesQueue'> & { pressesAgainQueue: string },
  { key, before, after }: ItemChange,
): Promise<void> {
  if (key.sk !== 'PRESS' || before !== undefined || after === undefined) return;
  const press = PressRecord.parse(after);
  if (press.alertId !== undefined) return;
  const message: PressMessage = { type: 'press', press };
  await send(press.again ? pressesAgainQueue : pressesQueue, message, DELAY_SECONDS);
}

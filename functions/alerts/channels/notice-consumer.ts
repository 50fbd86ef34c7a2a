import type { Channel } from '../../../shared/contracts/alerts.ts';
import { queueConsumer } from '../../platform/consumer.ts';
import { inParallel } from '../../platform/in-parallel.ts';
import { log } from '../../platform/log.ts';
import { NoticeMessage } from '../messages.ts';
import { MOST_ATTEMPTS } from './attempts.ts';
import type { Send, Tell, Told } from './delivery.ts';
import { isAlertClosed, type LedgerTable } from './ledger.ts';
import { tellOnce } from './tell-once.ts';

/** Recipients at a time. A wave has some tens at most; a gateway that does not answer takes 5 s of each, and the function has 10. */
const WIDTH = 64;

/** A channel whose ways to people lie outside: each recipient is claimed in the ledger, told, and marked. With `several` a number has a ration. */
export const channelConsumer = (channel: Channel, send: Send, ledger: LedgerTable, several?: Send) =>
  noticeConsumer(channel, tellOnce(ledger, send, several), ledger);

/**
 * The handler of a channel's queue: tells each recipient of its channel, side by side. One recipient's failure stops no other;
 * the message then comes again, and who has been told is left in peace. A message that nobody can read fails until its queue
 * puts it with the dead letters.
 *
 * Logs `first ring` with the seconds from the press to the first person whom this channel reached.
 */
export const noticeConsumer = (channel: Channel, tell: Tell, ledger: LedgerTable) =>
  queueConsumer(
    NoticeMessage,
    async (notice, { attempt }) => {
      const recipients = notice.recipients.filter((recipient) => recipient.channel === channel);
      if (recipients.length === 0) return;
      const isWave = notice.kind === 'wave';
      const turn = {
        last: attempt >= MOST_ATTEMPTS[channel],
        closed: isWave ? isAlertClosed(ledger, notice) : Promise.resolve(false),
      };
      const outcomes: Told[] = [];
      await inParallel(Math.min(WIDTH, recipients.length), recipients, async (recipient) => {
        outcomes.push(await tell(notice, recipient, turn));
      });
      if (['wave-0', 'wave-1'].includes(notice.notice) && outcomes.includes('told') && !outcomes.includes('settled'))
        await logFirstRing(channel, notice, ledger.clock());
      const left = outcomes.flatMap((outcome) => (typeof outcome === 'object' ? [outcome.left] : []));
      if (left.length > 0) {
        const reasons = [...new Set(left)].join(', ');
        throw new Error(
          `${left.length} of ${recipients.length} not told of ${notice.notice} by ${channel}: ${reasons}`,
        );
      }
    },
    ledger.clock,
  );

async function logFirstRing(channel: Channel, { alertId, raisedAt, source }: NoticeMessage, now: number) {
  if (source === 'canary') return;
  await log.info('first ring', { alertId, channel, seconds: Math.max(0, now - Date.parse(raisedAt)) / 1000 });
}

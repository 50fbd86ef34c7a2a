import { inTime } from '../../platform/in-time.ts';
import { log } from '../../platform/log.ts';
import type { NoticeMessage } from '../messages.ts';
import type { Recipient } from '../records.ts';
import { keyOf, type Send, type Sent, type Tell, type Told, unreached } from './delivery.ts';
import { claim, type LedgerTable, mark } from './ledger.ts';
import { rationBack, rationOf } from './ration.ts';

/** What one recipient takes at most, ms: with the claim and the mark it fits into the 10 s of the function. */
const SEND_MS = 6500;
/** How many deliveries whose mark was lost one process remembers. */
const REMEMBERED = 10_000;

/**
 * Tells each recipient once, by the ledger: claims the delivery, sends, marks it. Two that run side by side send once; a try that
 * was cut off between claim and mark is made again when its lease is over, and then the person may hear it twice: that is
 * better than not at all. A ledger that does not answer stops nothing.
 *
 * `several` is how a channel tells that there is more than one person can hear: such a channel has a ration for each number.
 */
export function tellOnce(ledger: LedgerTable, send: Send, several?: Send): Tell {
  /** Sent by this process, and not marked: the message may come again for another recipient's sake while the ledger is away. */
  const unmarked = new Set<string>();
  return async (notice, recipient, turn): Promise<Told> => {
    const { pk, sk } = keyOf(notice, recipient);
    const name = `${pk} ${sk}`;
    const claimed = await claim(ledger, notice, recipient, { over: turn.last });
    if (claimed.state === 'settled') return 'settled';
    if (claimed.state === 'busy') return { left: 'another try is under way' };
    const end = (ending: Parameters<typeof mark>[4]) => mark(ledger, notice, recipient, claimed, ending);
    if (unmarked.has(name)) {
      if (await end({ state: 'sent' })) unmarked.delete(name);
      return 'settled';
    }
    if (isSpared(notice, recipient) || (notice.kind === 'wave' && (await turn.closed))) {
      await end({ state: 'cancelled' });
      return 'settled';
    }
    const rationed = several === undefined ? 'alone' : await rationOf(ledger, notice, recipient);
    if (rationed === 'none') {
      await end({ state: 'bundled' });
      return 'settled';
    }
    const isBundle = rationed === 'several' && several !== undefined;
    const sent = await attempt(isBundle ? several : send, notice, recipient);
    if (sent.state === 'sent') {
      if (!(await end({ state: isBundle ? 'bundled' : 'sent' }))) remember(unmarked, name);
      return 'told';
    }
    if (several !== undefined) await rationBack(ledger, recipient, rationed);
    if (sent.state === 'spared') {
      await end({ state: 'cancelled' });
      return 'settled';
    }
    const { reason } = sent;
    if (sent.state === 'refused') {
      await log.warn('not told', {
        alertId: notice.alertId,
        notice: notice.notice,
        channel: recipient.channel,
        reason,
      });
      await end({ state: 'failed', reason, refused: true });
      return 'settled';
    }
    await end(turn.last ? { state: 'failed', reason, refused: false } : { state: 'again', reason });
    return { left: reason };
  };
}

/** A drill and the stage's test of itself never ring the emergency services, whatever a policy says. */
const isSpared = ({ drill, source }: NoticeMessage, { callee }: Recipient): boolean =>
  callee === 'emergency-services' && (drill || source === 'canary');

async function attempt(send: Send, notice: NoticeMessage, recipient: Recipient): Promise<Sent> {
  try {
    return await inTime({ deadline: SEND_MS, tries: 1 }, () => send(notice, recipient));
  } catch (error) {
    const { alertId } = notice;
    await log.error('a channel failed', { alertId, channel: recipient.channel, error: error as Error });
    return unreached('fault');
  }
}

function remember(names: Set<string>, name: string): void {
  const [oldest] = names;
  if (names.size >= REMEMBERED && oldest !== undefined) names.delete(oldest);
  names.add(name);
}

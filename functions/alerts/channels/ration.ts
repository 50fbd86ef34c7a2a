import { createHash } from 'node:crypto';
import type { Channel } from '../../../shared/contracts/alerts.ts';
import { toInstant } from '../../../shared/values/dates.ts';
import { giveBack, type Limit, takeOneOrOpen } from '../../platform/limiter.ts';
import { numberLimitKey } from '../keys.ts';
import type { NoticeMessage } from '../messages.ts';
import type { Recipient } from '../records.ts';
import type { LedgerTable } from './ledger.ts';

/**
 * How much one number hears by one channel. Above all: an alert that nobody answers is called again every two minutes, and never
 * comes up against this alone. Of what is not taken at its word: three, then three an hour. What is too much is folded into one
 * message in a quarter of an hour that says there is more on the board.
 */
export const RATIONS = {
  ALL: { burst: 15, everySeconds: 120 },
  UNVERIFIED: { burst: 3, everySeconds: 1200 },
  BUNDLE: { burst: 1, everySeconds: 900 },
} as const;
type Ration = keyof typeof RATIONS;

/** The most that one number can hear by one channel within these seconds. */
export const mostWithin = (seconds: number): number =>
  [RATIONS.ALL, RATIONS.BUNDLE].reduce(
    (sum, { burst, everySeconds }) => sum + burst + Math.floor(seconds / everySeconds),
    0,
  );

/** `alone`: this notice is sent. `several`: one message is sent in the place of many. `none`: nothing, that message was sent. */
export type Rationed = 'alone' | 'several' | 'none';

const numberLimit = (table: string, phone: string, channel: Channel, ration: Ration): Limit => ({
  table,
  key: numberLimitKey(createHash('sha256').update(phone).digest('base64url').slice(0, 22), channel, ration),
  ...RATIONS[ration],
});

/** Those who are called to act; what became of an alert is no reason to tell of others. */
const isCall = ({ kind }: NoticeMessage): boolean => kind === 'wave' || kind === 'reopened';

/**
 * Whether this number may hear this notice. Partners (120, a call centre) always do, and so does everybody when the table does not
 * answer.
 */
export async function rationOf(
  { db, alertsTable, clock }: LedgerTable,
  notice: NoticeMessage,
  { channel, phone, partner }: Recipient,
): Promise<Rationed> {
  if (phone === undefined || partner !== undefined) return 'alone';
  const now = toInstant(clock());
  const take = (ration: Ration) => takeOneOrOpen(db, numberLimit(alertsTable, phone, channel, ration), now);
  const isStrange = notice.unverified === true && isCall(notice);
  if ((!isStrange || (await take('UNVERIFIED'))) && (await take('ALL'))) return 'alone';
  return isCall(notice) && (await take('BUNDLE')) ? 'several' : 'none';
}

/** What could not be sent is not counted: a gateway that was down for minutes must not cost anybody the next call. */
export async function rationBack(
  { db, alertsTable }: LedgerTable,
  { channel, phone }: Recipient,
  rationed: Rationed,
): Promise<void> {
  if (phone === undefined || rationed === 'none') return;
  await giveBack(db, numberLimit(alertsTable, phone, channel, rationed === 'alone' ? 'ALL' : 'BUNDLE')).catch(
    () => undefined,
  );
}

import type { InboxEntry } from '../../../shared/contracts/alerts.ts';
import { log } from '../../platform/log.ts';
import { type Outcome, type Step, transact } from '../../platform/transact.ts';
import { derivedId } from '../circle/derived-id.ts';
import { inboxEntryId, inboxKey } from '../keys.ts';
import type { NoticeMessage } from '../messages.ts';
import type { Recipient } from '../records.ts';
import { deliveryFields, instantOf, keyOf, type Tell } from './delivery.ts';
import { type LedgerTable, persistently } from './ledger.ts';
import { noticeText } from './notice-text.ts';

const KEPT_SECONDS = 90 * 24 * 60 * 60;
/** The inbox has no other way than the database: it asks longer than the others, within the 15 s of its function. */
const PATIENCE_MS = 6000;

/**
 * Tells one recipient inside Anxin. A person gets a line of their inbox, kept for 90 days, in one transaction with the ledger's
 * row: there is never one without the other, and a repeat writes neither. A desk (`desk:<area>`) only gets its row: the board
 * reads the alert itself. An inbox needs no claim, since nothing leaves the database.
 */
export const tellInbox = (table: LedgerTable): Tell => tellInDatabase(table, inboxLine);

/** The test channel: the row in the ledger is all that is written, and what the stage's test of itself waits for. */
export const tellCanary = (table: LedgerTable): Tell => tellInDatabase(table, () => undefined);

type Line = (table: LedgerTable, notice: NoticeMessage, recipient: Recipient) => Step<'inbox'> | undefined;

function tellInDatabase(table: LedgerTable, lineOf: Line): Tell {
  return async (notice, recipient, { closed, last }) => {
    const isCancelled = notice.kind === 'wave' && (await closed);
    const row = ledgerRow(table, notice, recipient, isCancelled ? 'cancelled' : 'sent');
    const line = isCancelled ? undefined : lineOf(table, notice, recipient);
    let outcome: Outcome<'row' | 'inbox'>;
    try {
      outcome = await persistently(PATIENCE_MS, () => transact(table.db, line === undefined ? [row] : [row, line]));
    } catch (error) {
      const { alertId } = notice;
      await log.error('ledger not reached', { what: 'inbox', alertId, last, error: error as Error });
      return { left: 'the table was not reached' };
    }
    if ('busy' in outcome) return { left: 'the table was busy' };
    return outcome.committed && !isCancelled ? 'told' : 'settled';
  };
}

function ledgerRow(
  { alertsTable, clock }: LedgerTable,
  notice: NoticeMessage,
  recipient: Recipient,
  state: 'sent' | 'cancelled',
): Step<'row'> {
  return {
    step: 'row',
    Put: {
      TableName: alertsTable,
      Item: {
        ...keyOf(notice, recipient),
        ...deliveryFields(notice, recipient),
        state,
        at: instantOf(clock),
        attempts: 1,
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

/** The line of a person's inbox; none for a desk. The ledger's row lets it be written once, so that its id may hold the time. */
const inboxLine: Line = ({ alertsTable, clock }, notice, { personId }) => {
  if (personId === undefined) return undefined;
  const { alertId, kind, drill } = notice;
  const at = instantOf(clock);
  const entry: InboxEntry = {
    entryId: inboxEntryId(at, derivedId(alertId, notice.notice)),
    ...(kind !== 'contact-test' && { alertId }),
    at,
    kind,
    text: noticeText(notice),
    drill,
  };
  return {
    step: 'inbox',
    Put: {
      TableName: alertsTable,
      Item: { ...inboxKey(personId, entry.entryId), ...entry, ttl: Math.floor(clock() / 1000) + KEPT_SECONDS },
    },
  };
};

import * as z from 'zod/mini';
import type { Actor } from '../../../shared/contracts/alerts.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import { batchGetAll } from '../../platform/batch-get.ts';
import { log } from '../../platform/log.ts';
import { contactKey, personKey } from '../keys.ts';
import { sendTimer } from '../ladder/send-timer.ts';
import type { NoticeMessage } from '../messages.ts';
import { publishNotice } from '../notices/publish-notice.ts';
import { type AlertRecord, ReachablePerson, type Recipient } from '../records.ts';
import { isAnswered } from './alert-steps.ts';
import { readDeliveries } from './alert-store.ts';
import type { AnswerDeps } from './deps.ts';

/** What people are told of a step: somebody has the alert, or it is over. */
export type Told = 'answered' | 'closed';

/**
 * What follows from a step that has been written: the timer that opens the alert again, and the word to those who were called.
 * Neither can fail the step: a lost timer is found by the sweep, and what was not told stands on the page.
 */
export async function followUp(
  deps: AnswerDeps,
  alert: AlertRecord,
  by: Actor,
  { tells, to, now }: { readonly tells?: Told; readonly to?: Actor | undefined; readonly now: Instant },
): Promise<void> {
  const { alertId } = alert;
  const attempt = async (what: string, act: () => Promise<void>) => {
    try {
      await act();
    } catch (error) {
      await log.error(`${what} failed`, { alertId, error: error instanceof Error ? error : new Error(String(error)) });
    }
  };
  await Promise.all([
    attempt('timer', () => sendReopenTimer(deps, alert, now)),
    tells && attempt('publish', () => tell(deps, alert, by, tells, to)),
  ]);
}

async function sendReopenTimer(deps: AnswerDeps, alert: AlertRecord, now: Instant): Promise<void> {
  const { alertId, rev, dueAt } = alert;
  if (isAnswered(alert) && dueAt !== undefined) await sendTimer(deps, { type: 'reopen', alertId, rev, dueAt }, now);
}

async function tell(deps: AnswerDeps, alert: AlertRecord, by: Actor, kind: Told, to: Actor | undefined): Promise<void> {
  const recipients = await toldOf(deps, alert, by, to);
  if (recipients.length === 0) return;
  const { alertId, source, raisedAt, drill, elderId, name, area, rev } = alert;
  const notice: NoticeMessage = {
    type: 'notice',
    alertId,
    notice: `${kind}-${rev}`,
    kind,
    source,
    raisedAt,
    drill,
    elderId,
    name,
    area,
    by: (kind === 'answered' ? (to ?? by) : by).name,
    recipients,
  };
  await publishNotice(deps, notice);
}

/** By which channels people hear that somebody answered. A telephone is not rung again for that. */
const QUIET = ['inbox', 'wechat', 'sms', 'partner'] as const;
const Contact = z.object({ contactId: z.string(), phone: z.optional(z.string()) });

/**
 * Who hears of a step: everybody whom a wave has called, by the channels by which it did; the family and whoever raised the alert;
 * and whom it was handed to. Not who took the step.
 */
async function toldOf(deps: AnswerDeps, alert: AlertRecord, by: Actor, to: Actor | undefined): Promise<Recipient[]> {
  const called = (await readDeliveries(deps, alert.alertId)).filter(
    ({ notice, channel, state }) =>
      notice.startsWith('wave-') && state !== 'cancelled' && (QUIET as readonly string[]).includes(channel),
  );
  const own = [...alert.family, alert.raisedBy.personId, to?.personId].filter((id) => id !== undefined);
  const ids = [...new Set([...called.map((delivery) => delivery.to), ...own])];
  const { people, phones } = await reachable(deps, alert, ids);
  const recipients = new Map<string, Recipient>();
  const add = (recipient: Recipient) => {
    if (recipient.to !== by.personId) recipients.set(`${recipient.channel}#${recipient.to}`, recipient);
  };
  for (const { channel, to: id, name, callee } of called) {
    const person = people.get(id);
    const phone = person?.phone ?? phones.get(id);
    if (channel === 'sms' && phone === undefined) continue;
    if (channel === 'wechat' && person?.openid === undefined) continue;
    add({
      channel,
      to: id,
      name,
      callee: callee as Recipient['callee'],
      personId: person?.personId,
      phone,
      openid: person?.openid,
      ...(channel === 'partner' && { partner: { id } }),
    });
  }
  for (const id of own) {
    const person = people.get(id);
    const { name = '', openid } = person ?? {};
    const callee = id === to?.personId ? 'community-duty' : 'family';
    add({ channel: 'inbox', to: id, name, callee, personId: id });
    if (openid !== undefined) add({ channel: 'wechat', to: id, name, callee, personId: id, openid });
  }
  return [...recipients.values()];
}

async function reachable({ db, alertsTable }: AnswerDeps, { elderId }: AlertRecord, ids: readonly string[]) {
  const contacts = elderId === undefined ? [] : ids.map((id) => contactKey(elderId, id));
  const items = await batchGetAll(db, alertsTable, [...ids.map(personKey), ...contacts]);
  const people = new Map<string, ReachablePerson>();
  const phones = new Map<string, string>();
  for (const item of items) {
    if (item.sk === 'PERSON') {
      const person = ReachablePerson.parse(item);
      people.set(person.personId, person);
    } else {
      const { contactId, phone } = Contact.parse(item);
      if (phone !== undefined) phones.set(contactId, phone);
    }
  }
  return { people, phones };
}

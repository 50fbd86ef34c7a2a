import type { Actor, Channel } from '../../../shared/contracts/alerts.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import { log } from '../../platform/log.ts';
import { NOBODY, readAround, readCircle } from '../keep/around-store.ts';
import { personKey } from '../keys.ts';
import { wavesUntil } from '../ladder/next-due.ts';
import { sendTimer } from '../ladder/send-timer.ts';
import { noticeOf } from '../notices/notice-of.ts';
import { publishNotice } from '../notices/publish-notice.ts';
import { recipientsOf } from '../notices/recipients.ts';
import { type AlertRecord, ReachablePerson, type Recipient } from '../records.ts';
import { isAnswered } from './alert-steps.ts';
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
  // Who raised it may have nothing to do with this elder: they hear that it was answered, and not whose it is.
  const { elderId, name, address, phone, position, ...nameless } = alert;
  const notice = noticeOf(alert.unverified ? nameless : alert, { notice: `${kind}-${alert.rev}`, kind, recipients });
  const person = kind === 'answered' ? (to ?? by) : by;
  const note = alert.state === 'false-alarm' ? '误报' : undefined;
  await publishNotice(deps, { ...notice, by: person.name, note });
}

/** By which channels people hear what became of an alert. No telephone is rung again for that. */
const QUIET: readonly Channel[] = ['inbox', 'wechat', 'sms', 'partner'];

/**
 * Who hears of a step: everybody whom the waves so far have called; the family and whoever raised the alert; and whom it was
 * handed to. Not who took the step. The family hears nothing of what it was not called for: that a stranger raised, or for the dead.
 */
async function toldOf(deps: AnswerDeps, alert: AlertRecord, by: Actor, to: Actor | undefined): Promise<Recipient[]> {
  const { area, source, raisedAt, elderId } = alert;
  const { callees, channels } = wavesUntil(alert.plan, alert.wave);
  const family = callees.includes('family') ? alert.family : [];
  const besides = [...new Set([alert.raisedBy.personId, to?.personId])]
    .filter((id) => id !== undefined)
    .filter((id) => !family.includes(id));
  const circle = elderId === undefined ? NOBODY : await readCircle(deps, elderId);
  const { around, beside } = await readAround(
    deps,
    { area, family, source, at: raisedAt },
    circle.contacts,
    besides.map(personKey),
  );
  const called = recipientsOf({ callees, channels: channels.filter((each) => QUIET.includes(each)) }, around);
  // An inbox can be written to by the id alone: of a person who is not known yet, too.
  const known = new Map(
    [...around.family, ...beside.map((item) => ReachablePerson.parse(item))].map((person) => [person.personId, person]),
  );
  const others = [...family, ...besides].flatMap((id) => byInbox(id, known.get(id), to));
  const recipients = new Map([...others, ...called].map((one) => [`${one.channel}#${one.to}`, one]));
  return [...recipients.values()].filter((one) => one.to !== by.personId);
}

/** Somebody by their inbox, and by WeChat where they can be reached so. */
function byInbox(id: string, person: ReachablePerson | undefined, to: Actor | undefined): Recipient[] {
  const callee = id === to?.personId ? 'community-duty' : 'family';
  const known = { to: id, name: person?.name ?? '', callee, personId: id } as const;
  const { openid } = person ?? {};
  return [
    { ...known, channel: 'inbox' },
    ...(openid === undefined ? [] : [{ ...known, channel: 'wechat', openid } as const]),
  ];
}

import type { AlertStep } from '../../../shared/contracts/alerts.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import { pause } from '../../platform/transact.ts';
import { currentKey } from '../keys.ts';
import { callWave, type LadderDeps } from '../ladder/call-wave.ts';
import { escalate } from '../ladder/escalate.ts';
import { resume } from '../ladder/reopen.ts';
import { isSamePress, underAnotherId } from '../press.ts';
import type { CurrentAlert, PressRecord } from '../records.ts';
import { actorOf, areaOf, isDead, joins, type KnownPress, openedAlert, subjectOf } from './alert.ts';
import { type Circle, NOBODY, readAround, readCircle, readEldersOf } from './around-store.ts';
import {
  countPress,
  currentIn,
  openAlert,
  putEvidence,
  putKept,
  putStep,
  readPress,
  type StoredPress,
} from './keep-store.ts';

/** How often it is judged anew because another press came between. */
const ROUNDS = 10;

/**
 * Keeps a press: it joins the open alert of its elder as evidence, or opens one, whose first wave is then called. It may come any
 * number of times and in any order, stored before or not; only the first time changes anything, and what a try that was killed
 * left undone is done.
 */
export async function keepPress(deps: LadderDeps, press: PressRecord, now: Instant): Promise<void> {
  const read = await readPress(deps, press);
  if (read.press !== undefined && !isSamePress(read.press, press)) return keepPress(deps, underAnotherId(press), now);
  const stored = read.press ?? press;
  // Kept already; the first wave may not have been called yet.
  if (stored.alertId !== undefined) {
    if (read.alert?.wave === 0) await escalate(deps, { alertId: read.alert.alertId, wave: 1 }, later(now, stored.at));
    return;
  }
  const { known, contacts } = await whoIsIt(deps, stored, read);
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) await pause(round);
    if (await joinOrOpen(deps, known, contacts, now)) return;
  }
  throw new Error(`press ${press.pressId} could not be kept: too many at once`);
}

/** Two machines' clocks differ: what was received is never in the future. */
const later = (one: Instant, other: Instant): Instant => (one > other ? one : other);

/** Of whom a press tells. Which elder a device belongs to is what the register says now, whatever its token says. */
async function whoIsIt(
  deps: LadderDeps,
  press: PressRecord,
  { device, person }: StoredPress,
): Promise<{ known: KnownPress; contacts: Circle['contacts'] }> {
  const elderId = device ? device.elderId : press.elderId;
  const { by } = press;
  if (elderId === undefined && by.role === 'family' && by.personId !== undefined) {
    const only = await onlyElderOf(deps, by.personId);
    if (only?.card !== undefined)
      return { known: { press, device, person, elderId: only.card.elderId, card: only.card }, contacts: only.contacts };
  }
  const { card, contacts } = elderId === undefined ? NOBODY : await readCircle(deps, elderId);
  return { known: { press, device, person, elderId, card }, contacts };
}

/** The elder of a family member who named none: where they are bound to one alone it can be nobody else. */
async function onlyElderOf(deps: LadderDeps, personId: string): Promise<Circle | undefined> {
  const circles = await Promise.all((await readEldersOf(deps, personId)).map((elderId) => readCircle(deps, elderId)));
  const theirs = circles.filter(({ card }) => card?.family.includes(personId));
  return theirs.length === 1 ? theirs[0] : undefined;
}

/** Says whether the press is kept: if not, something has changed meanwhile. */
async function joinOrOpen(
  deps: LadderDeps,
  known: KnownPress,
  contacts: Circle['contacts'],
  now: Instant,
): Promise<boolean> {
  const { press, card } = known;
  const { around, beside } = await readAround(
    deps,
    { area: areaOf(known), family: card?.family ?? [], source: press.source, at: press.at },
    contacts,
    [currentKey(subjectOf(known))],
  );
  const current = currentIn(beside);
  if (joins(current, press) && (await join(deps, current, known, now))) return true;
  const alert = openedAlert(deps.policies, known, around);
  const outcome = await openAlert(deps, alert, { press, seen: current, notes: notesOn(known) });
  if (outcome.committed) {
    await callWave(deps, alert, around, now);
    return true;
  }
  if ('busy' in outcome) return false;
  if (!outcome.failed.has('press') && !outcome.failed.has('alert')) return false;
  // The same press was kept by another delivery of it at this moment: that one calls the wave.
  return true;
}

/** What the desk must know of this alert before anything else. */
function notesOn({ press, card }: KnownPress): AlertStep[] {
  if (!isDead(card)) return [];
  const note = `登记册载明老人已于${card?.diedOn}离世，未通知家属 · the register says that the elder died on ${card?.diedOn}; the family was not called`;
  return [{ stepId: 'died', at: press.at, kind: 'note', by: { role: 'system' }, note }];
}

/** The timeline has a line for each of the first presses, then for one in so many: a device that is stuck presses for hours. */
const EACH = 20;
const ONE_IN = 50;

/** Adds a press to an open alert. Says no when that is closed: whoever presses after it was closed needs help again. */
async function join(deps: LadderDeps, { alertId }: CurrentAlert, known: KnownPress, now: Instant): Promise<boolean> {
  const { press } = known;
  const isFirst = await putEvidence(deps, alertId, press);
  // Counted after it was kept: so that whoever closes the alert after this could see it.
  const alert = await countPress(deps, alertId, press, isFirst ? 1 : 0);
  if (alert === undefined) return false;
  if (isFirst && (alert.presses <= EACH || alert.presses % ONE_IN === 0)) {
    const by = actorOf(known);
    await putStep(deps, alertId, { stepId: press.pressId, at: press.at, kind: 'pressed-again', by });
  }
  if (alert.calledOffAt !== undefined && press.at > alert.calledOffAt) await resume(deps, alert, now);
  await putKept(deps, press, alertId);
  return true;
}

import type { AlertStep } from '../../../shared/contracts/alerts.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import { takeOneOrOpen } from '../../platform/limiter.ts';
import { pause } from '../../platform/transact.ts';
import { currentKey, ringLimitKey } from '../keys.ts';
import { callWave, type LadderDeps } from '../ladder/call-wave.ts';
import { escalate } from '../ladder/escalate.ts';
import { resume } from '../ladder/reopen.ts';
import { isSamePress, underAnotherId } from '../press.ts';
import type { CurrentAlert, PressRecord } from '../records.ts';
import { actorOf, areaOf, isDead, joins, type Loudness, openedAlert, subjectOf } from './alert.ts';
import { type Circle, NOBODY, readAround, readCircle, readEldersOf } from './around-store.ts';
import { doubtOf, isForeign, type KnownPress } from './doubt.ts';
import {
  countPress,
  currentIn,
  openAlert,
  putEvidence,
  putKept,
  putStep,
  readCurrent,
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
  let loudness: Promise<Loudness> | undefined;
  const how = () => (loudness ??= loudnessOf(deps, known, now));
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) await pause(round);
    if (await joinOrOpen(deps, known, contacts, { how, now })) return;
  }
  throw new Error(`press ${press.pressId} could not be kept: too many at once`);
}

/** Two machines' clocks differ: what was received is never in the future. */
const later = (one: Instant, other: Instant): Instant => (one > other ? one : other);

/** Of whom a press tells. Which elder a device belongs to is what the register says now, whatever its token says. */
async function whoIsIt(
  deps: LadderDeps,
  press: PressRecord,
  { device, person, revokedBefore }: StoredPress,
): Promise<{ known: KnownPress; contacts: Circle['contacts'] }> {
  const elderId = device ? device.elderId : press.elderId;
  const { by } = press;
  const who = { press, device, person, revokedBefore };
  if (elderId === undefined && by.role === 'family' && by.personId !== undefined) {
    const theirs = await circlesOf(deps, by.personId);
    const only = theirs.length === 1 ? theirs[0] : undefined;
    const { card, contacts } = only ?? NOBODY;
    return { known: { ...who, elderId: card?.elderId, card, boundTo: theirs.length }, contacts };
  }
  const { card, contacts } = elderId === undefined ? NOBODY : await readCircle(deps, elderId);
  return { known: { ...who, elderId, card }, contacts };
}

/** The elders of a family member who named none: where they are bound to one alone it can be nobody else. */
async function circlesOf(deps: LadderDeps, personId: string): Promise<Circle[]> {
  const circles = await Promise.all((await readEldersOf(deps, personId)).map((elderId) => readCircle(deps, elderId)));
  return circles.filter(({ card }) => card?.family.includes(personId));
}

/** Somebody who is not taken at their word may ring a desk so often: whoever closes such an alert must not be rung by the next. */
const RINGS = { burst: 1, everySeconds: 3600 } as const;

/** Whether an alert that is not taken at its word rings the desk, or lies on its board alone: the desk has revoked who pressed, or was rung before. */
async function loudnessOf(deps: LadderDeps, known: KnownPress, now: Instant): Promise<Loudness> {
  if (!isForeign(known)) return 'rings';
  const { deviceId, by } = known.press;
  if (deviceId === undefined && doubtOf(known) === 'revoked') return 'silent';
  const key = ringLimitKey(deviceId ?? by.personId ?? '');
  return (await takeOneOrOpen(deps.db, { table: deps.alertsTable, key, ...RINGS }, now)) ? 'rings' : 'silent';
}

/** Says whether the press is kept: if not, something has changed meanwhile. */
async function joinOrOpen(
  deps: LadderDeps,
  known: KnownPress,
  contacts: Circle['contacts'],
  { how, now }: { readonly how: () => Promise<Loudness>; readonly now: Instant },
): Promise<boolean> {
  const { press, card } = known;
  // A flood joins what is there: whom it could call is not read for that.
  const open = isForeign(known) ? await readCurrent(deps, subjectOf(known)) : undefined;
  if (joins(open, press) && (await join(deps, open, known, now))) return true;
  const { around, beside } = await readAround(
    deps,
    { area: areaOf(known), family: card?.family ?? [], source: press.source, at: press.at },
    contacts,
    [currentKey(subjectOf(known))],
  );
  const current = currentIn(beside);
  if (joins(current, press) && (await join(deps, current, known, now))) return true;
  const alert = openedAlert(deps.policies, known, around, await how());
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
  const isFirst = await putEvidence(deps, alertId, press, isForeign(known));
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

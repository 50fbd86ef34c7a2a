import type { Actor } from '../../../shared/contracts/alerts.ts';
import { alertPlan, alertPolicyFor } from '../../../shared/policy/alert-plan.ts';
import type { CompiledPolicy } from '../../../shared/policy/engine.ts';
import { within } from '../../../shared/values/areas.ts';
import { dateInChina, type Instant, toInstant } from '../../../shared/values/dates.ts';
import { factsOf } from '../circle/watch.ts';
import { type Around, phoneList } from '../notices/recipients.ts';
import type {
  AlertPlan,
  AlertRecord,
  CurrentAlert,
  DeviceRecord,
  ElderCard,
  PressRecord,
  ReachablePerson,
} from '../records.ts';

/** A press with what is known of whom it is about and of who or what pressed. */
export interface KnownPress {
  readonly press: PressRecord;
  readonly elderId: string | undefined;
  readonly card: ElderCard | undefined;
  readonly device: DeviceRecord | undefined;
  /** Who pressed, where it was a person. */
  readonly person: ReachablePerson | undefined;
}

export const isCanary = ({ source }: Pick<PressRecord, 'source'>): boolean => source === 'canary';

/** A drill is a drill throughout; so is each press of a device while it is being tested. */
export const isDrill = ({ press, device }: Pick<KnownPress, 'press' | 'device'>): boolean =>
  press.drill || (device?.testUntil !== undefined && press.at < device.testUntil);

/**
 * What presses join by: the elder, or where none is known the device or person. Drills join drills alone; and what a stranger
 * raised never takes in the press of the elder, for which the family must be called.
 */
export function subjectOf(known: KnownPress): string {
  const { press, elderId } = known;
  const own = isCanary(press)
    ? `canary:${press.pressId}`
    : elderId !== undefined
      ? `elder:${elderId}`
      : press.deviceId !== undefined
        ? `device:${press.deviceId}`
        : `person:${press.by.personId ?? press.pressId}`;
  return `${isDrill(known) ? 'drill:' : ''}${isUnverified(known) ? 'unverified:' : ''}${own}`;
}

/** Where it is: the elder's grid, else where the device hangs, else where who pressed works. Empty where nothing is known. */
export const areaOf = ({ card, device, press, person }: Omit<KnownPress, 'elderId'>): string =>
  card?.area ?? device?.area ?? press.area ?? person?.area ?? '';

/**
 * Whether somebody raised it for an elder to whom they are not known to be tied: a family member who is not bound, staff of
 * another area. A device speaks for itself, and Anxin for everybody.
 */
export function isUnverified({ press, elderId, card }: KnownPress): boolean {
  const { role, personId = '' } = press.by;
  if (elderId === undefined || role === 'device' || role === 'system' || role === 'partner' || role === 'elder')
    return false;
  if (role === 'family') return !card?.family.includes(personId);
  return card !== undefined && !within(card.area, press.area ?? '');
}

/** Whether an open alert takes this press as its own. */
export const joins = (current: CurrentAlert | undefined, press: PressRecord): current is CurrentAlert =>
  current !== undefined && press.at < current.joinUntil;

export const joinUntil = ({ plan, raisedAt }: Pick<AlertRecord, 'plan' | 'raisedAt'>): Instant =>
  toInstant(Date.parse(raisedAt) + plan.joinSeconds * 1000);

/** Who pressed, by name where it is known. */
export function actorOf({ press, person, card, elderId }: KnownPress): Actor {
  const name =
    press.by.name ?? person?.name ?? (press.by.role === 'elder' && card?.elderId === elderId ? card?.name : undefined);
  return { ...press.by, ...(name !== undefined && { name }) };
}

/**
 * The ladder of the alert. Where nobody but the desk may be called (who pressed is not known to be tied to the elder; the elder
 * has died, so that a family is not frightened), its waves call the dispatchers alone.
 */
function planOf(policies: readonly CompiledPolicy[], known: KnownPress, area: string): AlertPlan {
  const { press, card } = known;
  const policy = alertPolicyFor(policies, area, dateInChina(press.at));
  const plan = alertPlan(policy, card && factsOf(card), press.source, press.at, { drill: isDrill(known) });
  if (isCanary(press))
    return { ...plan, joinSeconds: 0, waves: [{ after: 0, callees: ['dispatchers'], channels: ['canary'] }] };
  if (!isUnverified(known) && !isDead(card)) return plan;
  return { ...plan, waves: plan.waves.slice(0, 1).map((wave) => ({ ...wave, callees: ['dispatchers'] })) };
}

export const isDead = (card: ElderCard | undefined): boolean => card !== undefined && card.diedOn !== null;

/** The alert that a press opens: its first wave is due at once. */
export function openedAlert(policies: readonly CompiledPolicy[], known: KnownPress, around: Around): AlertRecord {
  const { press, elderId, card, device } = known;
  const area = areaOf(known);
  const deviceId = device?.deviceId ?? press.deviceId;
  return {
    alertId: press.pressId,
    subject: subjectOf(known),
    ...(elderId !== undefined && { elderId }),
    ...(deviceId !== undefined && { deviceId }),
    ...(card && { name: card.name, birthDate: card.birthDate, address: card.address }),
    ...(card?.phone !== undefined && { phone: card.phone }),
    ...(!card && device?.place !== undefined && { address: device.place }),
    area,
    family: card?.family ?? [],
    contacts: phoneList(around),
    source: press.source,
    raisedBy: actorOf(known),
    raisedAt: press.at,
    ...(press.pressedAt !== undefined && { pressedAt: press.pressedAt }),
    ...(press.position !== undefined && { position: press.position }),
    ...(press.reading !== undefined && { reading: press.reading }),
    ...(press.note !== undefined && { note: press.note }),
    drill: isDrill(known),
    canary: isCanary(press),
    unverified: isUnverified(known),
    plan: planOf(policies, known, area),
    state: 'calling',
    wave: 0,
    dueAt: press.at,
    waitingSince: press.at,
    presses: 1,
    rev: 1,
  };
}

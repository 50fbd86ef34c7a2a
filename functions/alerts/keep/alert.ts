import type { Actor } from '../../../shared/contracts/alerts.ts';
import { alertPlan, alertPolicyFor } from '../../../shared/policy/alert-plan.ts';
import type { CompiledPolicy } from '../../../shared/policy/engine.ts';
import { dateInChina, type Instant, toInstant } from '../../../shared/values/dates.ts';
import { factsOf } from '../circle/watch.ts';
import { type Around, phoneList } from '../notices/recipients.ts';
import type { AlertPlan, AlertRecord, CurrentAlert, ElderCard, LadderWave, PressRecord } from '../records.ts';
import { doubtOf, isForeign, type KnownPress } from './doubt.ts';

export const isCanary = ({ source }: Pick<PressRecord, 'source'>): boolean => source === 'canary';

/** A drill is a drill throughout; so is each press of a device while it is being tested. */
export const isDrill = ({ press, device }: Pick<KnownPress, 'press' | 'device'>): boolean =>
  press.drill || (device?.testUntil !== undefined && press.at < device.testUntil);

/**
 * What presses join by: the elder, or where none is known the device or person. What is not taken at its word joins by who or what
 * pressed, whatever it names: it never takes in the press of the elder, for which the family must be called, and whoever presses
 * for a thousand elders has one alert. Drills join drills alone.
 */
export function subjectOf(known: KnownPress): string {
  const { press, elderId } = known;
  const { deviceId } = press;
  const presser = deviceId !== undefined ? `device:${deviceId}` : `person:${press.by.personId ?? press.pressId}`;
  const own = isCanary(press)
    ? `canary:${press.pressId}`
    : elderId === undefined || isForeign(known)
      ? presser
      : `elder:${elderId}`;
  return `${isDrill(known) ? 'drill:' : ''}${doubtOf(known) === undefined ? '' : 'unverified:'}${own}`;
}

/** Where it is: the elder's grid, else where the device hangs, else where who pressed works. Empty where nothing is known. */
export const areaOf = ({ card, device, press, person }: Omit<KnownPress, 'elderId'>): string =>
  card?.area ?? device?.area ?? press.area ?? person?.area ?? '';

/** Whether an open alert takes this press as its own. */
export const joins = (current: CurrentAlert | undefined, press: PressRecord): current is CurrentAlert =>
  current !== undefined && press.at < current.joinUntil;

/** An unverified alert is one until it is closed. */
export const joinUntil = ({
  plan,
  raisedAt,
  unverified,
}: Pick<AlertRecord, 'plan' | 'raisedAt' | 'unverified'>): Instant =>
  unverified ? END_OF_TIME : toInstant(Date.parse(raisedAt) + plan.joinSeconds * 1000);
const END_OF_TIME: Instant = '9999-12-31T23:59:59.999Z';

/** Who pressed, by name where it is known. */
export function actorOf({ press, person, card, elderId }: KnownPress): Actor {
  const name =
    press.by.name ?? person?.name ?? (press.by.role === 'elder' && card?.elderId === elderId ? card?.name : undefined);
  return { ...press.by, ...(name !== undefined && { name }) };
}

/** How loud an alert may be that is not taken at its word: it rings the desk once, or lies on its board alone. */
export type Loudness = 'rings' | 'silent';

/**
 * The ladder of the alert. Where who pressed may be anybody, it is one wave to the dispatchers, or to their board alone; for an
 * elder who has died, so that a family is not frightened, it is the dispatchers' first wave, again and again.
 */
function planOf(policies: readonly CompiledPolicy[], known: KnownPress, area: string, loudness: Loudness): AlertPlan {
  const { press, card } = known;
  const policy = alertPolicyFor(policies, area, dateInChina(press.at));
  const plan = alertPlan(policy, card && factsOf(card), press.source, press.at, { drill: isDrill(known) });
  if (isCanary(press))
    return { ...plan, joinSeconds: 0, waves: [{ after: 0, callees: ['dispatchers'], channels: ['canary'] }] };
  const isStrange = isForeign(known);
  if (!isStrange && !isDead(card)) return plan;
  const silent = isStrange && loudness === 'silent';
  const waves = plan.waves.slice(0, 1).map(
    ({ channels, ...wave }): LadderWave => ({
      ...wave,
      callees: ['dispatchers'],
      channels: silent ? ['inbox'] : channels,
    }),
  );
  return { ...plan, waves, ...(isStrange && { once: true }) };
}

export const isDead = (card: ElderCard | undefined): boolean => card !== undefined && card.diedOn !== null;

/** The alert that a press opens: its first wave is due at once. */
export function openedAlert(
  policies: readonly CompiledPolicy[],
  known: KnownPress,
  around: Around,
  loudness: Loudness = 'rings',
): AlertRecord {
  const { press, elderId, card, device } = known;
  const area = areaOf(known);
  const doubt = doubtOf(known);
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
    unverified: doubt !== undefined,
    ...(doubt !== undefined && { doubt }),
    plan: planOf(policies, known, area, loudness),
    state: 'calling',
    wave: 0,
    dueAt: press.at,
    waitingSince: press.at,
    presses: 1,
    rev: 1,
  };
}

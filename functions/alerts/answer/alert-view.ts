import type {
  AlertDetail,
  AlertStep,
  AlertView,
  DeliveryView,
  PressEvidence,
} from '../../../shared/contracts/alerts.ts';
import { maskPhone, Phone } from '../../../shared/contracts/people.ts';
import { ANSWERING_ROLES } from '../../../shared/contracts/roles.ts';
import { within } from '../../../shared/values/areas.ts';
import { ageOn, dateInChina, type Instant } from '../../../shared/values/dates.ts';
import type { Who } from '../../platform/who.ts';
import type { AlertRecord, DeliveryRecord } from '../records.ts';
import { callOffUntil, isClosed } from './alert-steps.ts';

/**
 * What somebody is to an alert. `desk`: on duty for it. `family` and `elder`: it is about theirs or themselves. `raiser`: they
 * raised it and are not known to be tied to the elder; they learn what becomes of it, and nothing about the elder.
 */
export type Tie = 'desk' | 'family' | 'elder' | 'raiser';

type Tied = Pick<AlertRecord, 'area' | 'elderId' | 'family' | 'owner' | 'raisedBy'>;

const isOnDuty = (role: Who['role']): boolean => (ANSWERING_ROLES as readonly string[]).includes(role);

/**
 * How a person is tied to an alert, if at all. Staff see the alerts of their area; dispatchers also those of which no area is known;
 * and whoever was handed one of a wider area sees that one.
 */
export function tieOf(who: Who, alert: Tied): Tie | undefined {
  if (isOnDuty(who.role)) {
    const handed = alert.owner?.personId === who.personId && within(who.area ?? '', alert.area);
    const unknown = who.role === 'dispatcher' && alert.area === '';
    if (within(alert.area, who.area ?? '') || handed || unknown) return 'desk';
  }
  if (who.role === 'elder' && who.elderId !== undefined && who.elderId === alert.elderId) return 'elder';
  if (who.role === 'family' && alert.family.includes(who.personId)) return 'family';
  return alert.raisedBy.personId === who.personId ? 'raiser' : undefined;
}

/** Who looks at an alert, and what they are to it. */
export interface Viewer {
  readonly who: Who;
  readonly tie: Tie;
}

/** Who may call an alert off: the elder, whoever raised it, and for what a device raised (it cannot take back a press) the family. */
export const mayCallOff = (who: Who, tie: Tie, { raisedBy }: Pick<AlertRecord, 'raisedBy'>): boolean =>
  tie === 'elder' || raisedBy.personId === who.personId || (tie === 'family' && raisedBy.personId === undefined);

const shownPhone = (phone: string | undefined, whole: boolean): string | undefined =>
  phone === undefined || whole ? phone : masked(phone);
const masked = (phone: string): string => (Phone.safeParse(phone).success ? maskPhone(phone) : phone);

/**
 * The alert as somebody may see it. Phone numbers are whole for those who answer, while it is open: they must call. Afterwards they
 * are masked, and nobody's contacts are listed.
 */
export function alertView(alert: AlertRecord, { who, tie }: Viewer, now: Instant): AlertView {
  const open = !isClosed(alert);
  const answers = open && (tie === 'desk' || tie === 'family');
  const common = {
    alertId: alert.alertId,
    source: alert.source,
    state: alert.state,
    drill: alert.drill,
    unverified: alert.unverified,
    doubt: tie === 'desk' ? alert.doubt : undefined,
    raisedAt: alert.raisedAt,
    waitingSince: alert.waitingSince,
    callOffUntil: mayCallOff(who, tie, alert) ? callOffUntil(alert, now) : undefined,
    calledOffAt: alert.calledOffAt,
    owner: alert.owner,
    answeredAt: alert.answeredAt,
    closedAt: alert.closedAt,
    nextStepBy: alert.owner && open ? alert.dueAt : undefined,
    nextWaveAt: alert.state === 'calling' ? alert.dueAt : undefined,
    wave: alert.wave,
    presses: alert.presses,
    outcome: alert.outcome,
    rev: alert.rev,
  };
  if (tie === 'raiser') return { ...common, area: '', outcome: undefined, contacts: [] };
  return {
    ...common,
    elderId: alert.elderId,
    deviceId: alert.deviceId,
    name: alert.name,
    age: alert.birthDate === undefined ? undefined : ageOn(alert.birthDate, dateInChina(now)),
    phone: shownPhone(alert.phone, answers),
    address: alert.address,
    area: alert.area,
    position: alert.position,
    reading: alert.reading,
    note: alert.note,
    contacts: answers ? alert.contacts : [],
  };
}

/** The ledger's line without what is not to be shown. */
const deliveryView = ({ notice, channel, to, name, callee, phone, state, at }: DeliveryRecord): DeliveryView => ({
  notice,
  channel,
  to,
  name,
  callee,
  phone: shownPhone(phone, false),
  state,
  at,
});

export interface WholeAlert {
  readonly alert: AlertRecord;
  readonly timeline: readonly AlertStep[];
  readonly deliveries: readonly DeliveryRecord[];
  readonly evidence: readonly PressEvidence[];
}

/** The alert with what happened, as somebody may see it. A mere raiser sees the steps without their words, and their own presses. */
export function alertDetail(whole: WholeAlert, viewer: Viewer, now: Instant): AlertDetail {
  const alert = alertView(whole.alert, viewer, now);
  const { who, tie } = viewer;
  if (tie === 'raiser') {
    return {
      at: now,
      alert,
      timeline: whole.timeline.map(({ note: _note, ...step }) => step),
      deliveries: [],
      evidence: whole.evidence.filter(({ by }) => by.personId === who.personId),
    };
  }
  return {
    at: now,
    alert,
    timeline: [...whole.timeline],
    deliveries: whole.deliveries.map(deliveryView),
    evidence: [...whole.evidence],
  };
}

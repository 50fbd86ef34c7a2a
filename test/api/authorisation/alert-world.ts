import {
  alertKey,
  cardKey,
  contactKey,
  currentKey,
  deviceIndex,
  deviceKey,
  dutyIndex,
  dutyKey,
  elderDeviceKey,
  healthNotesKey,
  monthIndex,
  openIndex,
  openingIndex,
  openingKey,
  personKey,
  taskIndex,
  taskKey,
  unverifiedPerson,
} from '../../../functions/alerts/keys.ts';
import type {
  AlertRecord,
  ContactRecord,
  DeviceRecord,
  ElderCard,
  TaskRecord,
} from '../../../functions/alerts/records.ts';
import type { ElderRecord } from '../../../functions/elders/elder-record.ts';
import type { TownItem } from '../../../infra/town/town-item.ts';
import type { Actor, HealthNotesOpening } from '../../../shared/contracts/alerts.ts';
import { toInstant } from '../../../shared/values/dates.ts';

/** What a world has of alerts: ids of things that stand ready to be asked for. */
export interface AlertWorld {
  /** Nobody has answered it. */
  readonly callingId: string;
  /** The caller owns it, where there is one. */
  readonly ownedId: string;
  readonly contactId: string;
  readonly deviceId: string;
  readonly taskId: string;
  readonly openingId: string;
  /** Somebody on duty for that community, who may be given an alert. */
  readonly onDutyId: string;
  /** Somebody who is not taken at their word, with an open alert there. */
  readonly flooderId: string;
  readonly floodId: string;
}

const DAY_MS = 86_400_000;
const inADay = (): string => toInstant(Date.now() + DAY_MS);
/** Ahead of now, so that what must be done within seconds of it can be done for as long as a test runs. */
const RAISED_AT = toInstant(Date.now() + 600_000);
const SYSTEM: Actor = { role: 'system' };

const cardOf = (elder: ElderRecord): ElderCard => ({
  elderId: elder.elderId,
  name: elder.name,
  sex: elder.sex,
  birthDate: elder.birthDate,
  area: elder.area,
  address: elder.address,
  localHousehold: elder.localHousehold,
  tags: [],
  family: elder.family,
  diedOn: null,
  rev: elder.rev,
});

function alertOf(elder: ElderRecord, alertId: string, over: Partial<AlertRecord>): AlertRecord {
  return {
    alertId,
    subject: `elder:${elder.elderId}`,
    elderId: elder.elderId,
    name: elder.name,
    birthDate: elder.birthDate,
    address: elder.address,
    area: elder.area,
    family: elder.family,
    contacts: [],
    source: 'app',
    raisedBy: SYSTEM,
    raisedAt: RAISED_AT,
    drill: false,
    canary: false,
    unverified: false,
    plan: {
      policy: 'default',
      joinSeconds: 120,
      callOffSeconds: 600,
      nextStepSeconds: 300,
      repeatSeconds: 120,
      waves: [{ after: 0, callees: ['dispatchers', 'family'], channels: ['inbox'] }],
    },
    state: 'calling',
    wave: 1,
    // Far enough for no timer to come between.
    dueAt: inADay(),
    waitingSince: RAISED_AT,
    presses: 1,
    rev: 1,
    ...over,
  };
}

/** The items of the alerts table for the n-th world. */
export function* alertItems(
  ids: AlertWorld,
  { elder, community, owner }: { elder: ElderRecord; community: string; owner: Actor | undefined },
): Generator<TownItem> {
  const of = (item: Record<string, unknown>): TownItem => ({ table: 'alerts', item });
  const { elderId, area } = elder;
  const now = toInstant(Date.now());
  yield of({ ...cardKey(elderId), ...cardOf(elder) });
  const answered = { state: 'acknowledged', owner, answeredAt: RAISED_AT, waitingSince: undefined } as const;
  for (const alert of [alertOf(elder, ids.callingId, {}), alertOf(elder, ids.ownedId, owner ? answered : {})]) {
    const { alertId, raisedAt } = alert;
    yield of({
      ...alertKey(alertId),
      ...openIndex(area, raisedAt, alertId),
      ...monthIndex(area, raisedAt, alertId),
      ...alert,
    });
  }
  const opening: HealthNotesOpening = {
    openingId: ids.openingId,
    alertId: ids.callingId,
    elderId,
    elderName: elder.name,
    at: now,
    by: SYSTEM,
    reason: '昏迷',
  };
  const placed = {
    ...openingKey(opening.alertId, opening.openingId),
    ...openingIndex(area, now, opening.openingId, false),
  };
  yield of({ ...placed, ...opening, area });
  yield of({ ...healthNotesKey(elderId), allergies: '青霉素' });
  const contact: ContactRecord = {
    contactId: ids.contactId,
    kind: 'neighbour',
    name: '老邻居',
    phone: '13900000000',
    order: 1,
  };
  yield of({ ...contactKey(elderId, ids.contactId), ...contact });
  const device: DeviceRecord = {
    deviceId: ids.deviceId,
    kind: 'key',
    area,
    elderId,
    registeredAt: now,
    tokensFrom: 0,
    rev: 1,
  };
  yield of({ ...deviceKey(ids.deviceId), ...deviceIndex(area, ids.deviceId), ...device });
  yield of({ ...elderDeviceKey(elderId, ids.deviceId), deviceId: ids.deviceId });
  const task: TaskRecord = { taskId: ids.taskId, elderId, area, why: 'meals-missed', openedAt: now, dueAt: inADay() };
  yield of({ ...taskKey(ids.taskId), ...taskIndex(area, task.dueAt, ids.taskId), ...task });
  const people = { [ids.onDutyId]: { name: '某值守', role: 'community-staff' } };
  yield of({ ...dutyKey(community), ...dutyIndex(community), area: community, people });
  yield of({
    ...personKey(ids.onDutyId),
    personId: ids.onDutyId,
    name: '某值守',
    role: 'community-staff',
    area: community,
    rev: 1,
  });
  const raisedBy: Actor = { personId: ids.flooderId, role: 'family', name: '某人' };
  const flood = alertOf(elder, ids.floodId, { subject: unverifiedPerson(ids.flooderId), raisedBy, unverified: true });
  // It stands on no board: the alerts of a world are counted there.
  yield of({ ...alertKey(ids.floodId), ...flood });
  const current = { alertId: ids.floodId, openedAt: now, joinUntil: inADay() };
  yield of({ ...currentKey(unverifiedPerson(ids.flooderId)), ...current });
  yield of({ ...personKey(ids.flooderId), personId: ids.flooderId, name: '某人', role: 'family', rev: 1 });
}

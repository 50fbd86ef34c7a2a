import { dateInChina, type Instant, monthOf } from '../../shared/values/dates.ts';

/** Every key of the alerts table. `gsi1` lists what is open (by city), `gsi2` what a month, an hour or a device shift asks for. */

/** The city of an area, by which lists are kept; `0000` where the area is not known. */
export const cityOf = (area: string): string => (area === '' ? '0000' : area.slice(0, 4));
/** Sorts by area, then time: a longer area lies inside its prefix, so that `begins_with` answers any level. */
const inArea = (area: string, at: string, id: string): string => `${area}#${at}#${id}`;

/** A press as it was received. It is not kept yet while it stands in the index. */
export const pressKey = (pressId: string) => ({ pk: `PRESS#${pressId}`, sk: 'PRESS' });
export const UNKEPT = 'UNKEPT';
/** Repeats stand apart, so that a flood of them hides no other press from the sweep. */
export const UNKEPT_AGAIN = 'UNKEPT-AGAIN';
export const unkeptIndex = ({ at, pressId, again }: { at: Instant; pressId: string; again?: boolean | undefined }) => ({
  gsi1pk: again ? UNKEPT_AGAIN : UNKEPT,
  gsi1sk: `${at}#${pressId}`,
});

/** The alert that presses of an elder (or, where none is known, of a device or person) join. */
export const currentKey = (subject: string) => ({ pk: `SUBJECT#${subject}`, sk: 'CURRENT' });

/** What the presses of a person join who is not taken at their word. */
export const unverifiedPerson = (personId: string): string => `unverified:person:${personId}`;

const alertPartition = (alertId: string) => `ALERT#${alertId}`;
export const alertKey = (alertId: string) => ({ pk: alertPartition(alertId), sk: 'ALERT' });
export const STEPS = 'STEP#';
export const stepKey = (alertId: string, at: Instant, stepId: string) => ({
  pk: alertPartition(alertId),
  sk: `${STEPS}${at}#${stepId}`,
});
/** A step of a person by the id that the client made: a repeat finds it. */
export const stepClaimKey = (alertId: string, stepId: string) => ({
  pk: alertPartition(alertId),
  sk: `CLAIM#${stepId}`,
});
export const EVIDENCE = 'EVIDENCE#';
export const evidenceKey = (alertId: string, at: Instant, pressId: string) => ({
  pk: alertPartition(alertId),
  sk: `${EVIDENCE}${at}#${pressId}`,
});
export const DELIVERIES = 'DELIVERY#';
export const deliveryKey = (alertId: string, notice: string, channel: string, to: string) => ({
  pk: alertPartition(alertId),
  sk: `${DELIVERIES}${notice}#${channel}#${to}`,
});
export const OPENINGS = 'OPENING#';
export const openingKey = (alertId: string, openingId: string) => ({
  pk: alertPartition(alertId),
  sk: `${OPENINGS}${openingId}`,
});

/** Openings of health notes of a city, those without a review apart from the others. */
export const openingsOfCity = (city: string, reviewed: boolean) => `OPENINGS#${city}#${reviewed ? 'REVIEWED' : 'OPEN'}`;
export const openingIndex = (area: string, at: Instant, openingId: string, reviewed: boolean) => ({
  gsi1pk: openingsOfCity(cityOf(area), reviewed),
  gsi1sk: inArea(area, at, openingId),
});

export const openOfCity = (city: string) => `OPEN#${city}`;
export const openIndex = (area: string, raisedAt: Instant, alertId: string) => ({
  gsi1pk: openOfCity(cityOf(area)),
  gsi1sk: inArea(area, raisedAt, alertId),
});
/** Every open alert, wherever: what the sweep looks at. A pointer beside the alert, which the sweep takes off once it is closed. */
export const WATCHED = 'WATCHED';
export const watchKey = (alertId: string) => ({ pk: alertPartition(alertId), sk: 'WATCHED' });
export const watchIndex = (raisedAt: Instant, alertId: string) => ({
  gsi1pk: WATCHED,
  gsi1sk: `${raisedAt}#${alertId}`,
});
export const monthOfCity = (city: string, month: string) => `MONTH#${city}#${month}`;
export const monthIndex = (area: string, raisedAt: Instant, alertId: string) => ({
  gsi2pk: monthOfCity(cityOf(area), monthOf(dateInChina(raisedAt))),
  gsi2sk: inArea(area, raisedAt, alertId),
});
/** The figures of a month that is over, so that its alerts need not be read again. */
export const monthFiguresKey = (area: string, month: string) => ({ pk: `FIGURES#${area}`, sk: `MONTH#${month}` });
/** An elder's alerts by time. */
export const historyOf = (elderId: string) => `HISTORY#${elderId}`;
export const historyKey = (elderId: string, raisedAt: Instant, alertId: string) => ({
  pk: historyOf(elderId),
  sk: `${raisedAt}#${alertId}`,
});

/** The circle of an elder in one query: the card, and the contacts in their order. */
export const circleOf = (elderId: string) => `CIRCLE#${elderId}`;
export const cardKey = (elderId: string) => ({ pk: circleOf(elderId), sk: 'CARD' });
export const CONTACTS = 'CONTACT#';
export const contactKey = (elderId: string, contactId: string) => ({
  pk: circleOf(elderId),
  sk: `${CONTACTS}${contactId}`,
});
/** Elders by the moment at which their next drill is due. The dead are in it no more. */
export const drillsOfCity = (city: string) => `DRILLS#${city}`;
export const drillPlace = (dueAt: Instant, elderId: string): string => `${dueAt}#${elderId}`;
export const healthNotesKey = (elderId: string) => ({ pk: `HEALTH-NOTES#${elderId}`, sk: 'HEALTH-NOTES' });

/** A person whom alerts can reach, and who is on duty for exactly this area. */
export const personKey = (personId: string) => ({ pk: `PERSON#${personId}`, sk: 'PERSON' });
/** The elders to whom a family member was ever bound: a hint, the card's `family` is what counts. */
export const familyOf = (personId: string) => `FAMILY-OF#${personId}`;
export const familyOfKey = (personId: string, elderId: string) => ({ pk: familyOf(personId), sk: elderId });
export const dutyKey = (area: string) => ({ pk: `DUTY#${area}`, sk: 'DUTY' });
/** The rosters of a city, so that those below an area can be found: each roster stands in it. */
export const dutyOfCity = (city: string) => `DUTY-OF#${city}`;
export const dutyIndex = (area: string) => ({ gsi1pk: dutyOfCity(cityOf(area)), gsi1sk: area });

export const inboxOf = (personId: string) => `INBOX#${personId}`;
export const inboxKey = (personId: string, entryId: string) => ({ pk: inboxOf(personId), sk: entryId });
/** The id of a line: the time, by which an inbox sorts, and what tells two of one moment apart (letters, digits, `-` and `_`). */
export const inboxEntryId = (at: Instant, of: string): string => `${at.replace(/[:.]/g, '')}-${of}`;

export const deviceKey = (deviceId: string) => ({ pk: `DEVICE#${deviceId}`, sk: 'DEVICE' });
export const devicesOfCity = (city: string) => `DEVICES#${city}`;
export const deviceIndex = (area: string, deviceId: string) => ({
  gsi1pk: devicesOfCity(cityOf(area)),
  gsi1sk: `${area}#${deviceId}`,
});
/** The devices that are watched, by when each was last heard. Those found silent stand apart, by area, until they are heard again. */
export const heardOfCity = (city: string, kind: string) => `HEARD#${city}#${kind}`;
export const heardIndex = (area: string, kind: string, lastHeardAt: Instant, deviceId: string) => ({
  gsi2pk: heardOfCity(cityOf(area), kind),
  gsi2sk: `${lastHeardAt}#${deviceId}`,
});
export const silentOfCity = (city: string) => `SILENT#${city}`;
export const silentIndex = (area: string, deviceId: string) => ({
  gsi2pk: silentOfCity(cityOf(area)),
  gsi2sk: `${area}#${deviceId}`,
});
/** One item for each city that has devices: where the watch over them starts from. */
export const CITIES = 'CITIES';
export const cityKey = (city: string) => ({ pk: CITIES, sk: city });
/** The devices of an elder; a pointer beside each device. */
export const devicesOf = (elderId: string) => `DEVICES-OF#${elderId}`;
export const elderDeviceKey = (elderId: string, deviceId: string) => ({ pk: devicesOf(elderId), sk: deviceId });

/** How many messages WeChat may still bring a person; and each consent that was counted, so that none counts twice. */
export const consentsKey = (personId: string) => ({ pk: personKey(personId).pk, sk: 'WECHAT-CONSENTS' });
export const consentKey = (personId: string, consentId: string) => ({
  pk: personKey(personId).pk,
  sk: `WECHAT-CONSENT#${consentId}`,
});

/** From when on tokens of a person are taken at their word again; beside the person, so that there may be any number of them. */
export const revokedKey = (personId: string) => ({ pk: personKey(personId).pk, sk: 'REVOKED' });
/** How often somebody who is not taken at their word may ring a desk; and how much one number may hear by one channel. */
export const ringLimitKey = (personId: string) => ({ pk: personKey(personId).pk, sk: 'RINGS' });
export const numberLimitKey = (numberHash: string, channel: string, what: 'ALL' | 'UNVERIFIED' | 'BUNDLE') => ({
  pk: `NUMBER#${numberHash}`,
  sk: `${channel}#${what}`,
});

/** A check task, and which one of an elder is open: there is one at most. */
export const openTaskKey = (elderId: string) => ({ pk: `OPEN-TASK#${elderId}`, sk: 'OPEN-TASK' });
export const taskKey = (taskId: string) => ({ pk: `TASK#${taskId}`, sk: 'TASK' });
/** The tests of an elder's contacts: one item for each contact, with the last one, and one that counts them. */
export const contactTestsOf = (elderId: string) => `CONTACT-TESTS#${elderId}`;
export const contactTestKey = (elderId: string, contactId: string) => ({
  pk: contactTestsOf(elderId),
  sk: `TEST#${contactId}`,
});
export const contactAttemptsKey = (elderId: string, contactId: string) => ({
  pk: contactTestsOf(elderId),
  sk: `ATTEMPTS#${contactId}`,
});
export const tasksOfCity = (city: string) => `TASKS#${city}`;
export const taskIndex = (area: string, dueAt: Instant, taskId: string) => ({
  gsi1pk: tasksOfCity(cityOf(area)),
  gsi1sk: inArea(area, dueAt, taskId),
});

import { cardItem } from '../../functions/alerts/circle/card-store.ts';
import { cityItem, deviceItem, elderDeviceItem } from '../../functions/alerts/circle/device-store.ts';
import { nextDrillAt } from '../../functions/alerts/circle/drill-time.ts';
import { personItem, rosterItems } from '../../functions/alerts/circle/keep-person.ts';
import { watchIn } from '../../functions/alerts/circle/watch.ts';
import { consentsKey, contactKey, familyOfKey, healthNotesKey } from '../../functions/alerts/keys.ts';
import type { ContactRecord, DeviceRecord } from '../../functions/alerts/records.ts';
import { elderTold } from '../../functions/elders/elder-events.ts';
import type { ElderRecord } from '../../functions/elders/elder-record.ts';
import type { StoredPerson } from '../../functions/sessions/person.ts';
import { personTold } from '../../functions/sessions/person-events.ts';
import type { HealthNotes } from '../../shared/contracts/circle.ts';
import { addDays, ageOn, type Instant, instantInChina, toInstant } from '../../shared/values/dates.ts';
import { LOCAL_MESSAGE_TEMPLATE } from '../local/message-template.ts';
import type { Community } from './community.ts';
import type { Household } from './households.ts';
import { elderGivenName, surname, youngerGivenName } from './names.ts';
import { phoneOf } from './person-numbers.ts';
import { type Random, randomOf } from './random.ts';
import type { TownItem } from './town-item.ts';

/** A town that is left alone for this long holds no drill: its desk is not to be rung by itself. */
const QUIET_DAYS = 10;

/** Notes for helpers that somebody has written: by elder. */
export type NotesOf = ReadonlyMap<string, HealthNotes>;

/** How many messages of alerts somebody lets WeChat bring: by person. */
export type ConsentsOf = ReadonlyMap<string, number>;

/** What alerts know of a community, as its events would have told them: cards, people, rosters; and what its people set up themselves. */
export function* circleItems(
  community: Community,
  households: readonly Household[],
  staff: readonly StoredPerson[],
  { notes, consents }: { readonly notes: NotesOf; readonly consents: ConsentsOf },
): Generator<TownItem> {
  for (const item of items()) yield { table: 'alerts', item };

  function* items(): Generator<Record<string, unknown>> {
    const { policies, code, now } = community;
    const { drill } = watchIn(policies, code, now);
    const quietUntil = toInstant(Date.parse(now) + QUIET_DAYS * 24 * 60 * 60 * 1000);
    const random = randomOf(community.seed, 'circles', code);
    const families = households.flatMap(({ family, accounts }) => [...family.map(({ person }) => person), ...accounts]);
    for (const person of [...staff, ...families]) yield personItem(personTold(person));
    for (const [personId, left] of consents)
      yield { ...consentsKey(personId), personId, templateId: LOCAL_MESSAGE_TEMPLATE, left };
    yield* rosterItems(staff.map(personTold));
    for (const { elders } of households) {
      for (const elder of elders) {
        const contacts = contactsOf(random, elder, community);
        const card = cardItem(elderTold(elder), nextDrillAt(elder.elderId, quietUntil, drill));
        yield { ...card, ...(contacts.length > 0 && { contactCount: contacts.length }) };
        for (const contact of contacts) yield { ...contactKey(elder.elderId, contact.contactId), ...contact };
        for (const personId of elder.family) yield familyOfKey(personId, elder.elderId);
        const written = notes.get(elder.elderId);
        if (written) yield { ...healthNotesKey(elder.elderId), elderId: elder.elderId, ...written };
        for (const device of devicesOf(random, elder, community)) {
          yield deviceItem(device);
          yield elderDeviceItem(elder.elderId, device.deviceId);
        }
      }
    }
  }
}

/** Where the watch over a city's devices starts from: once in a city. */
export const cityOfDevices = (code: string): TownItem => ({ table: 'alerts', item: cityItem(code) });

const isAlone = ({ tags }: ElderRecord): boolean =>
  tags.some(({ tag }) => tag === 'living-alone' || tag === 'empty-nest' || tag === 'no-support');

const RELATIONS = ['楼上邻居', '对门邻居', '楼下邻居', '老同事'] as const;

/** Neighbours and volunteers: most who live alone have one, few of the others. */
function contactsOf(random: Random, elder: ElderRecord, community: Community): ContactRecord[] {
  if (elder.diedOn !== null || !random.chance(isAlone(elder) ? 0.7 : 0.12)) return [];
  const count = random.chance(0.3) ? 2 : 1;
  return Array.from({ length: count }, (_, index) => {
    const sex = random.chance(0.6) ? 'female' : 'male';
    const kind = random.chance(0.75) ? ('neighbour' as const) : ('volunteer' as const);
    return {
      contactId: random.uuid(),
      kind,
      name: surname(random) + (kind === 'neighbour' ? elderGivenName : youngerGivenName)(random, sex),
      relation: kind === 'neighbour' ? random.pick(RELATIONS) : '社区志愿者',
      phone: phoneOf(community.firstContact + random.between(0, 999_999)),
      order: index + 1,
    };
  });
}

const KINDS = [
  ['key', 78],
  ['wristband', 12],
  ['smoke', 10],
] as const;
const PLACES = { key: ['卧室', '客厅'], wristband: [undefined], smoke: ['厨房'] } as const;
const MINUTE_MS = 60_000;
/** One in fifty has a flat battery, or was unplugged. */
const SILENT = 0.02;

/** A device in every second home of those over 80 who live alone, and here and there another. */
function devicesOf(random: Random, elder: ElderRecord, { today, now }: Community): DeviceRecord[] {
  const share = isAlone(elder) ? (ageOn(elder.birthDate, today) >= 80 ? 0.5 : 0.25) : 0.08;
  if (elder.diedOn !== null || !random.chance(share)) return [];
  const kind = random.weighted(KINDS);
  const registeredAt = instantInChina(addDays(today, -random.between(40, 700)), '10:00');
  const place = random.pick<string | undefined>(PLACES[kind]);
  const ago = (minutes: number): Instant => toInstant(Date.parse(now) - minutes * MINUTE_MS);
  const isSilent = random.chance(SILENT);
  const lastHeardAt = isSilent ? ago(random.between(3 * 1440, 9 * 1440)) : ago(random.between(0, 58));
  return [
    {
      deviceId: random.uuid(),
      kind,
      area: elder.area,
      elderId: elder.elderId,
      ...(place !== undefined && { place }),
      serial: `AX${String(random.between(0, 99_999_999)).padStart(8, '0')}`,
      registeredAt,
      lastHeardAt,
      batteryPercent: isSilent ? random.between(1, 9) : random.between(35, 100),
      ...(isSilent && { silentSince: lastHeardAt }),
      tokensFrom: Math.floor(Date.parse(registeredAt) / 1000),
      rev: 1,
    },
  ];
}

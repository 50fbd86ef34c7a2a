import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { alertPolicyFor } from '../../../shared/policy/alert-plan.ts';
import type { CompiledPolicy } from '../../../shared/policy/engine.ts';
import { type AlertPartner, partnersOf } from '../../../shared/policy/watch-rules.ts';
import { dateInChina } from '../../../shared/values/dates.ts';
import { batchGetAll } from '../../platform/batch-get.ts';
import type { AlertDeps } from '../deps.ts';
import { CONTACTS, circleOf, cityOf, consentsKey, dutyKey, dutyOfCity, familyOf, personKey } from '../keys.ts';
import type { Around } from '../notices/recipients.ts';
import { readable } from '../readable.ts';
import { type AlertRecord, ContactRecord, DutyRoster, ElderCard, ReachablePerson, WechatConsents } from '../records.ts';

export type AroundDeps = Pick<AlertDeps, 'db' | 'alertsTable' | 'policies'>;
type Item = Record<string, unknown>;

/** An elder as alerts know them: the card, and the contacts in the order in which they are called. */
export interface Circle {
  readonly card: ElderCard | undefined;
  readonly contacts: readonly ContactRecord[];
}

export const NOBODY: Circle = { card: undefined, contacts: [] };

export async function readCircle(deps: AroundDeps, elderId: string): Promise<Circle> {
  const items = await queryAll(deps, { of: circleOf(elderId) });
  const cards = await readable(
    items.filter(({ sk }) => sk === 'CARD'),
    ElderCard,
  );
  const contacts = await readable(
    items.filter(({ sk }) => String(sk).startsWith(CONTACTS)),
    ContactRecord,
  );
  return {
    card: cards[0],
    contacts: contacts.sort((a, b) => a.order - b.order || a.contactId.localeCompare(b.contactId)),
  };
}

/** The elders to whom a family member was ever bound. */
export const readEldersOf = async (deps: AroundDeps, personId: string): Promise<string[]> =>
  (await queryAll(deps, { of: familyOf(personId) })).map(({ sk }) => String(sk));

/** The levels of area that have rosters, by digits. */
const LEVELS = [4, 6, 9, 12, 15] as const;
export const levelsOf = (area: string): string[] =>
  LEVELS.filter((digits) => digits <= area.length).map((digits) => area.slice(0, digits));

/** Where an alert is, whose it is, and what it is about. */
type Where = Pick<AlertRecord, 'area' | 'family' | 'source'> & { readonly at: string };

/** The partners that an alert can call: of its place, or of everywhere where the place is not known. */
export function partnersIn(
  policies: readonly CompiledPolicy[],
  { area, source, at }: Omit<Where, 'family'>,
): AlertPartner[] {
  const on = dateInChina(at);
  const areas = area === '' ? policies.map((policy) => policy.area.code) : [area];
  const inForce = new Set(areas.map((each) => alertPolicyFor(policies, each, on)));
  return [...inForce].flatMap((policy) => partnersOf(policy, source));
}

/** Items that a caller reads beside, in the same batch. */
export interface ReadAround {
  readonly around: Around;
  readonly beside: readonly Item[];
}

/** Reads everybody whom an alert could call, and items beside, in one batch. The contacts are read with the card, before. */
export async function readAround(
  deps: AroundDeps,
  { area, family, source, at }: Where,
  contacts: readonly ContactRecord[],
  beside: readonly { readonly pk: string; readonly sk: string }[] = [],
): Promise<ReadAround> {
  const keys = [...new Set(family)]
    .flatMap((personId) => [personKey(personId), consentsKey(personId)])
    .concat(levelsOf(area).map(dutyKey));
  const [items, everywhere] = await Promise.all([
    batchGetAll(deps.db, deps.alertsTable, [...keys, ...beside]),
    area === '' ? rostersEverywhere(deps) : [],
  ]);
  const ofKind = (kind: string) => items.filter(({ sk }) => sk === kind);
  const people = new Map((await readable(ofKind('PERSON'), ReachablePerson)).map((one) => [one.personId, one]));
  const consents = new Map(
    (await readable(ofKind('WECHAT-CONSENTS'), WechatConsents)).map(({ personId, left }) => [personId, left]),
  );
  const rosters = [...(await readable(ofKind('DUTY'), DutyRoster)), ...everywhere];
  remember(rosters);
  return {
    around: {
      area,
      contacts,
      family: family.flatMap((personId) => {
        const person = people.get(personId);
        return person === undefined ? [] : [{ ...person, consentsLeft: consents.get(personId) ?? 0 }];
      }),
      rosters,
      partners: partnersIn(deps.policies, { area, source, at }),
    },
    beside: items.filter((item) => beside.some(({ pk, sk }) => item.pk === pk && item.sk === sk)),
  };
}

/** Who was on duty when a roster was last read: for when the table cannot be. As many as a large city has, and no more. */
const remembered = new Map<string, DutyRoster>();
const MOST_REMEMBERED = 5000;

function remember(rosters: readonly DutyRoster[]): void {
  if (remembered.size > MOST_REMEMBERED) remembered.clear();
  for (const roster of rosters) remembered.set(roster.area, roster);
}

/** The last that was known of who is on duty for an area, or everywhere where it is not known where. */
export const rememberedRosters = (area: string): DutyRoster[] =>
  area === '' ? [...remembered.values()] : levelsOf(area).flatMap((level) => remembered.get(level) ?? []);

/** Every roster of the cities that have a policy: where it is not known where, every desk is called. */
async function rostersEverywhere(deps: AroundDeps): Promise<DutyRoster[]> {
  const cities = new Set(deps.policies.map(({ area }) => cityOf(area.code)));
  const found = await Promise.all([...cities].map((city) => queryAll(deps, { of: dutyOfCity(city), index: 'gsi1' })));
  return readable(found.flat(), DutyRoster);
}

async function queryAll(
  { db, alertsTable }: AroundDeps,
  { of, index }: { of: string; index?: 'gsi1' },
): Promise<Item[]> {
  const items: Item[] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const page = await db.send(
      new QueryCommand({
        TableName: alertsTable,
        ...(index === undefined ? { ConsistentRead: true } : { IndexName: index }),
        KeyConditionExpression: `${index === undefined ? 'pk' : `${index}pk`} = :of`,
        ExpressionAttributeValues: { ':of': of },
        ExclusiveStartKey,
      }),
    );
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return items;
}

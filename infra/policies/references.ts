import type { Condition } from '../../shared/policy/condition.ts';
import { listOf } from '../../shared/policy/one-or-more.ts';
import type { Funding } from '../../shared/policy/payment.ts';
import type { Policy } from '../../shared/policy/policy.ts';
import { within } from '../../shared/values/areas.ts';
import { type Mistake, pathText, shown } from './mistake.ts';
import { nearest } from './nearest.ts';

type Path = readonly PropertyKey[];

/** A condition of the document, where it stands, and what it may not ask for because it is not known yet there. */
export interface Placed {
  readonly path: Path;
  readonly condition: Condition | undefined;
  readonly unknownHere: readonly (keyof Condition)[];
}

const OF_MEAL: readonly (keyof Condition)[] = ['item', 'eating', 'canteen', 'used'];

/** Every condition of a document. */
export function conditionsOf(policy: Policy): Placed[] {
  const meals = policy.meals;
  const of = (
    path: Path,
    rules: readonly { when?: Condition | undefined }[] | undefined,
    unknownHere: Placed['unknownHere'],
  ) =>
    (rules ?? []).map((rule, index): Placed => ({ path: [...path, index, 'when'], condition: rule.when, unknownHere }));
  return [
    ...Object.entries(policy.conditions ?? {}).map(
      ([id, { when }]): Placed => ({ path: ['conditions', id, 'when'], condition: when, unknownHere: [] }),
    ),
    ...of(['classes'], policy.classes, ['class', 'tier', ...OF_MEAL]),
    ...of(['meals', 'prices'], meals?.prices, ['tier']),
    ...of(['meals', 'tiers'], meals?.tiers, ['tier']),
    ...(meals?.subsidies ?? []).flatMap((group, index) => of(['meals', 'subsidies', index, 'rules'], group.rules, [])),
    ...of(['meals', 'minimumPay'], meals?.minimumPay, []),
    ...of(['meals', 'limits'], meals?.limits, []),
    ...of(['meals', 'delivery'], meals?.delivery, []),
    ...of(['alerts', 'waves'], policy.alerts?.waves, ['tier', ...OF_MEAL]),
    {
      path: ['alerts', 'watch', 'drill', 'who'],
      condition: policy.alerts?.watch?.drill?.who,
      unknownHere: ['tier', ...OF_MEAL],
    },
  ];
}

/** Names that refer to nothing, are used twice, or go round in a circle. */
export const referenceMistakes = (policy: Policy): Mistake[] => [
  ...duplicates(policy),
  ...circles(policy),
  ...conditionsOf(policy).flatMap((placed) => conditionMistakes(placed, policy)),
  ...fundings(policy).flatMap(({ path, funding }) =>
    funding.flatMap(({ party }, index) =>
      unknown([...path, index, 'party'], party, Object.keys(policy.parties ?? {}), 'party', '`parties`'),
    ),
  ),
  ...groupNames(policy),
  ...(policy.meals?.limits ?? []).flatMap(({ items = [] }, index) =>
    items.flatMap((item, place) =>
      unknown(['meals', 'limits', index, 'items', place], item, itemsOf(policy), 'item', '`meals.prices`'),
    ),
  ),
  ...(policy.meals?.tiers ?? []).flatMap((tier, index) =>
    Object.keys(tier.paysFor ?? {}).flatMap((item) =>
      unknown(['meals', 'tiers', index, 'paysFor', item], item, itemsOf(policy), 'item', '`meals.prices`'),
    ),
  ),
];

const itemsOf = (policy: Policy): string[] => [...new Set((policy.meals?.prices ?? []).map(({ item }) => item))];
const classesOf = (policy: Policy): string[] => (policy.classes ?? []).map(({ code }) => code);
const tiersOf = (policy: Policy): string[] => (policy.meals?.tiers ?? []).map(({ code }) => code);

function unknown(path: Path, name: string, known: readonly string[], kind: string, where: string): Mistake[] {
  if (known.includes(name)) return [];
  const similar = nearest(name, known);
  return [
    {
      path: pathText(path),
      found: `no ${kind} is called ${shown(name)}`,
      right:
        similar !== undefined
          ? `did you mean ${shown(similar)}?`
          : known.length > 0
            ? `${where} has ${known.join(', ')}`
            : `${where} has none: add it there`,
    },
  ];
}

function conditionMistakes({ path, condition, unknownHere }: Placed, policy: Policy): Mistake[] {
  if (condition === undefined) return [];
  const names: Partial<Record<keyof Condition, readonly [known: readonly string[], where: string]>> = {
    class: [classesOf(policy), '`classes`'],
    tier: [tiersOf(policy), '`meals.tiers`'],
    item: [itemsOf(policy), '`meals.prices`'],
    is: [Object.keys(policy.conditions ?? {}), '`conditions`'],
  };
  return Object.entries(condition).flatMap(([name, value]): Mistake[] => {
    const key = name as keyof Condition;
    const here = [...path, key];
    if (unknownHere.includes(key)) {
      return [
        {
          path: pathText(here),
          found: `a condition on \`${key}\``,
          right: `\`${key}\` is not known yet at this place: take it out`,
        },
      ];
    }
    if (key === 'not') return conditionMistakes({ path: here, condition: value as Condition, unknownHere }, policy);
    if (key === 'all' || key === 'any') {
      return (value as Condition[]).flatMap((one, index) =>
        conditionMistakes({ path: [...here, index], condition: one, unknownHere }, policy),
      );
    }
    const named = names[key];
    const own =
      named === undefined
        ? []
        : listOf(value as string | string[]).flatMap((one) =>
            unknown(here, one, ...([named[0], key === 'is' ? 'condition' : key, named[1]] as const)),
          );
    if (key === 'is' && own.length === 0) return viaName(here, value as string, unknownHere, policy);
    if (key === 'area') return [...own, ...areaMistakes(here, value as string | string[], policy)];
    if (key === 'used') {
      const { items = [] } = value as NonNullable<Condition['used']>;
      return items.flatMap((item) => unknown([...here, 'items'], item, itemsOf(policy), 'item', '`meals.prices`'));
    }
    if (key === 'tag') return gradeMistakes(here, value as NonNullable<Condition['tag']>);
    return own;
  });
}

/** A named condition may ask only for what is known where its name is used. */
function viaName(path: Path, id: string, unknownHere: Placed['unknownHere'], policy: Policy): Mistake[] {
  const asked = unknownHere.filter((key) => asksFor(key, policy.conditions?.[id]?.when, policy, new Set([id])));
  return asked.map((key) => ({
    path: pathText(path),
    found: `the condition ${shown(id)} asks for \`${key}\``,
    right: `\`${key}\` is not known yet at this place: use another condition here`,
  }));
}

function asksFor(key: string, inside: unknown, policy: Policy, seen: ReadonlySet<string>): boolean {
  if (typeof inside !== 'object' || inside === null) return false;
  return Object.entries(inside).some(([name, value]) => {
    if (name === key && value !== undefined) return true;
    if (name !== 'is' || typeof value !== 'string') return asksFor(key, value, policy, seen);
    return !seen.has(value) && asksFor(key, policy.conditions?.[value]?.when, policy, new Set([...seen, value]));
  });
}

function areaMistakes(path: Path, value: string | string[], policy: Policy): Mistake[] {
  const { code } = policy.area;
  return listOf(value)
    .filter((area) => !within(area, code) && !within(code, area))
    .map((area) => ({
      path: pathText(path),
      found: `area ${shown(area)} lies outside the policy’s area ${shown(code)}`,
      right: `nobody there comes under this policy: name an area that begins with ${code}`,
    }));
}

/** Only disability has grades, 1 to 4, also that of veterans (优抚). */
function gradeMistakes(path: Path, { is, grade }: NonNullable<Condition['tag']>): Mistake[] {
  if (grade === undefined) return [];
  if (listOf(is).includes('disabled') && (grade.max ?? grade.min ?? 1) > 4) {
    return [
      {
        path: pathText([...path, 'grade']),
        found: `grade ${shown(grade)}`,
        right: 'disability has the grades 1 (the gravest) to 4',
      },
    ];
  }
  const ungraded = listOf(is).filter((tag) => tag !== 'disabled' && tag !== 'preferential-treatment');
  return ungraded.map((tag) => ({
    path: pathText([...path, 'grade']),
    found: `a grade for ${shown(tag)}`,
    right: 'only "disabled" and "preferential-treatment" have grades',
  }));
}

/** Every funding of a document. */
function fundings(policy: Policy): { path: Path; funding: Funding }[] {
  const meals = policy.meals;
  const of = (path: Path, rules: readonly { funding?: Funding | undefined }[] | undefined) =>
    (rules ?? []).flatMap(({ funding }, index) =>
      funding === undefined ? [] : [{ path: [...path, index, 'funding'], funding }],
    );
  return [
    ...(meals?.funding === undefined ? [] : [{ path: ['meals', 'funding'], funding: meals.funding }]),
    ...of(['meals', 'tiers'], meals?.tiers),
    ...(meals?.subsidies ?? []).flatMap((group, index) => of(['meals', 'subsidies', index, 'rules'], group.rules)),
    ...of(['meals', 'delivery'], meals?.delivery),
  ];
}

function groupNames(policy: Policy): Mistake[] {
  const groups = (policy.meals?.subsidies ?? []).map(({ id }) => id);
  return [
    ...(policy.meals?.subsidies ?? []).flatMap(({ rules }, at) =>
      rules.flatMap(({ notWith = [] }, index) =>
        notWith.flatMap((name, place) =>
          unknown(
            ['meals', 'subsidies', at, 'rules', index, 'notWith', place],
            name,
            ['tiers', ...groups.slice(0, at)],
            'earlier group',
            'before this group there',
          ),
        ),
      ),
    ),
    ...(policy.meals?.limits ?? []).flatMap(({ covers = [] }, index) =>
      covers.flatMap((name, place) =>
        unknown(
          ['meals', 'limits', index, 'covers', place],
          name,
          ['tiers', 'delivery', ...groups],
          'group',
          '`meals.subsidies`',
        ),
      ),
    ),
  ];
}

function duplicates(policy: Policy): Mistake[] {
  const meals = policy.meals;
  const ids = (path: Path, key: string, rules: readonly object[] | undefined) =>
    (rules ?? []).map((rule, index) => ({
      path: [...path, index, key],
      id: (rule as Record<string, string>)[key] ?? '',
    }));
  const rules = [
    ...ids(['meals', 'prices'], 'id', meals?.prices),
    ...ids(['meals', 'subsidies'], 'id', meals?.subsidies),
    ...(meals?.subsidies ?? []).flatMap((group, index) =>
      ids(['meals', 'subsidies', index, 'rules'], 'id', group.rules),
    ),
    ...ids(['meals', 'minimumPay'], 'id', meals?.minimumPay),
    ...ids(['meals', 'limits'], 'id', meals?.limits),
    ...ids(['meals', 'delivery'], 'id', meals?.delivery),
  ];
  return [
    ...twice(rules, ['tiers', 'delivery', 'person']),
    ...twice(ids(['meals', 'tiers'], 'code', meals?.tiers), []),
    ...twice(ids(['classes'], 'code', policy.classes), []),
    ...twice(ids(['alerts', 'waves'], 'id', policy.alerts?.waves), []),
    ...('person' in (policy.parties ?? {})
      ? [{ path: 'parties.person', found: 'a party called "person"', right: 'that is the elder: choose another id' }]
      : []),
  ];
}

function twice(list: readonly { path: Path; id: string }[], reserved: readonly string[]): Mistake[] {
  const seen = new Map<string, string>();
  return list.flatMap(({ path, id }) => {
    const here = pathText(path);
    if (reserved.includes(id))
      return [{ path: here, found: `the id ${shown(id)}`, right: 'that word is taken: choose another id' }];
    const before = seen.get(id);
    seen.set(id, before ?? here);
    return before === undefined
      ? []
      : [{ path: here, found: `${shown(id)} is used twice`, right: `${before} has it already: choose another` }];
  });
}

function circles(policy: Policy): Mistake[] {
  const leadsTo = (from: string, goal: string, seen: Set<string>): boolean =>
    namesIn(policy.conditions?.[from]?.when).some((next) => {
      if (next === goal) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return leadsTo(next, goal, seen);
    });
  return Object.keys(policy.conditions ?? {})
    .filter((id) => leadsTo(id, id, new Set()))
    .map((id) => ({
      path: pathText(['conditions', id]),
      found: 'it refers to itself, directly or by way of others',
      right: 'write out one of the conditions of the circle',
    }));
}

function namesIn(inside: unknown): string[] {
  if (typeof inside !== 'object' || inside === null) return [];
  return Object.entries(inside).flatMap(([key, value]) =>
    key === 'is' && typeof value === 'string' ? [value] : namesIn(value),
  );
}

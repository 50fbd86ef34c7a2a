import type { AgeCounting, Condition } from './condition.ts';
import { ability, age, area, birthday, careClass, household, tag, tier } from './elder-conditions.ts';
import { type Finding, finding, joiner, type Test } from './finding.ts';
import { type DayWords, day, OF_MEAL, request, used, weekday } from './meal-conditions.ts';
import { listOf } from './one-or-more.ts';
import { EATING_WORDS, itemWords, type Words } from './words.ts';

/** What conditions refer to by name. */
export interface Names {
  readonly ageCounting: AgeCounting;
  readonly classes: ReadonlyMap<string, Words>;
  readonly tiers: ReadonlyMap<string, Words>;
  readonly named: ReadonlyMap<string, { readonly name: Words; readonly when: Condition }>;
  /** What the day is called that conditions ask for; left out, it is the meal's. */
  readonly ofDay?: DayWords | undefined;
}

const EVERYBODY = finding(true, '人人适用', 'it is for everybody');
const forEverybody: Test = () => EVERYBODY;

/** All must hold: the words are those of all, or of the first that does not hold. */
function all(tests: readonly Test[]): Test {
  const [only] = tests;
  if (tests.length === 1 && only !== undefined) return only;
  const join = joiner((parts) =>
    finding(true, parts.map(({ zh }) => zh).join('，且'), parts.map(({ en }) => en).join('; ')),
  );
  return (of) => {
    const parts: Finding[] = [];
    for (const test of tests) {
      const part = test(of);
      if (!part.met) return part;
      parts.push(part);
    }
    return join(parts);
  };
}

/** One must hold: the words are those of the first that holds, or of all. */
function any(tests: readonly Test[]): Test {
  const [only] = tests;
  if (tests.length === 1 && only !== undefined) return only;
  const join = joiner((parts) =>
    finding(false, parts.map(({ zh }) => zh).join('，也'), parts.map(({ en }) => en).join('; ')),
  );
  return (of) => {
    const parts: Finding[] = [];
    for (const test of tests) {
      const part = test(of);
      if (part.met) return part;
      parts.push(part);
    }
    return join(parts);
  };
}

function not(test: Test): Test {
  const flip = joiner(([part]) =>
    part?.met
      ? finding(false, `${part.zh}（属除外情形）`, `${part.en} (which is excluded)`)
      : finding(true, `${part?.zh}（无除外情形）`, `${part?.en} (nothing that is excluded)`),
  );
  return (of) => flip([test(of)]);
}

function named(id: string, names: Names): Test {
  const target = names.named.get(id);
  if (target === undefined) throw new RangeError(`no condition is named "${id}"`);
  const { zh, en } = target.name;
  const test = compileCondition(target.when, names);
  const join = joiner(([part]) =>
    part?.met
      ? finding(true, `属于“${zh}”（${part.zh}）`, `counts as ${en} (${part.en})`)
      : finding(false, `不属于“${zh}”（${part?.zh}）`, `does not count as ${en} (${part?.en})`),
  );
  return (of) => join([test(of)]);
}

const asItself = (value: string): Words => ({ zh: value, en: value });

/** Compiles a condition into a test that says whether it holds and why. A condition that is left out holds for everybody. */
export function compileCondition(condition: Condition | undefined, names: Names): Test {
  if (condition === undefined) return forEverybody;
  const tests: Test[] = [];
  const { ofDay = OF_MEAL } = names;
  const add = <T>(value: T | undefined, compile: (value: T) => Test): void => {
    if (value !== undefined) tests.push(compile(value));
  };
  const nested = (list: readonly Condition[]): Test[] => list.map((one) => compileCondition(one, names));
  add(condition.age, (value) => age(value, names.ageCounting));
  add(condition.tag, tag);
  add(condition.ability, ability);
  add(condition.class, (value) => careClass(listOf(value), names.classes));
  add(condition.tier, (value) => tier(listOf(value), names.tiers));
  add(condition.area, (value) => area(listOf(value)));
  add(condition.localHousehold, household);
  add(condition.is, (value) => named(value, names));
  add(condition.item, (value) => request('item', listOf(value), itemWords));
  add(condition.eating, (value) => request('eating', listOf<string>(value), (mode) => EATING_WORDS[mode as 'pickup']));
  add(condition.canteen, (value) => request('canteen', listOf(value), asItself));
  add(condition.weekday, (value) => weekday(listOf(value), ofDay));
  add(condition.birthday, birthday);
  add(condition.dates, ({ from, until }) =>
    day(
      (on) => (from === undefined || on >= from) && (until === undefined || on <= until),
      `${from === undefined ? '' : `${from}起`}${until === undefined ? '' : `${until}止`}的期间`,
      [from === undefined ? '' : `from ${from} on`, until === undefined ? '' : `until ${until}`]
        .filter(Boolean)
        .join(' '),
      ofDay,
    ),
  );
  add(condition.days, (days) =>
    day((on) => days.includes(on), `${days.join('、')}之列`, `among ${days.join(', ')}`, ofDay),
  );
  add(condition.season, ({ from, until }) =>
    day(
      (on) => {
        const now = on.slice(5);
        return from <= until ? now >= from && now <= until : now >= from || now <= until;
      },
      `每年${from}至${until}期间`,
      `between ${from} and ${until} of the year`,
      ofDay,
    ),
  );
  add(condition.used, used);
  add(condition.any, (list) => any(nested(list)));
  add(condition.all, (list) => all(nested(list)));
  add(condition.not, (one) => not(compileCondition(one, names)));
  return all(tests);
}

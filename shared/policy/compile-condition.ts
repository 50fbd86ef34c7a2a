import { weekdayOf } from '../values/dates.ts';
import { type AgeCounting, type Condition, listOf } from './condition.ts';
import { ABILITY_LEVELS, type Tag } from './facts.ts';
import { ageAs, byNumber, type Finding, finding, joiner, type Test, usedIn } from './finding.ts';
import {
  ABILITY_WORDS,
  EATING_WORDS,
  itemWords,
  listWords,
  mealsEn,
  PERIOD_WORDS,
  TAG_WORDS,
  type Words,
  weekdayWords,
} from './words.ts';

/** What conditions refer to by name. */
export interface Names {
  readonly ageCounting: AgeCounting;
  readonly classes: ReadonlyMap<string, Words>;
  readonly tiers: ReadonlyMap<string, Words>;
  readonly named: ReadonlyMap<string, { readonly name: Words; readonly when: Condition }>;
}

const EVERYBODY = finding(true, '人人适用', 'it is for everybody');
export const forEverybody: Test = () => EVERYBODY;

type Range = { readonly min?: number | undefined; readonly max?: number | undefined };
const inside = (value: number, { min, max }: Range): boolean =>
  (min === undefined || value >= min) && (max === undefined || value <= max);

/** A range in words: `80岁以上`, `65至74岁`; in China's rules 以上 and 以下 include the number itself. */
function rangeWords({ min, max }: Range, unit: string): Words {
  if (min !== undefined && max !== undefined) {
    return min === max
      ? { zh: `${min}${unit}`, en: `${min}` }
      : { zh: `${min}至${max}${unit}`, en: `${min} to ${max}` };
  }
  return min === undefined
    ? { zh: `${max}${unit}以下`, en: `${max} or less` }
    : { zh: `${min}${unit}以上`, en: `${min} or more` };
}

function age(range: Range & { readonly counting?: AgeCounting | undefined }, standard: AgeCounting): Test {
  const counting = range.counting ?? standard;
  const wanted = rangeWords(range, '岁');
  const { zh, en } = {
    day: { zh: '', en: '' },
    month: { zh: '（生日当月起计）', en: ' (counted from the birthday’s month)' },
    'next-month': { zh: '（生日次月起计）', en: ' (counted from the month after the birthday)' },
    year: { zh: '（按年份计）', en: ' (counted by calendar year)' },
  }[counting];
  const found = byNumber((years) =>
    inside(years, range)
      ? finding(true, `${years}岁${zh}，符合${wanted.zh}`, `aged ${years}${en}, within ${wanted.en}`)
      : finding(false, `${years}岁${zh}，不在${wanted.zh}之内`, `aged ${years}${en}, not within ${wanted.en}`),
  );
  return ({ elder, request }) => found(ageAs(counting, elder.birthDate, request.on));
}

function tag({ is, grade }: NonNullable<Condition['tag']>): Test {
  const wanted = listOf(is);
  const names = listWords(wanted.map((one) => TAG_WORDS[one]));
  const grades = grade === undefined ? { zh: '', en: '' } : rangeWords(grade, '级');
  const asked = grade === undefined ? names : { zh: `${names.zh}${grades.zh}`, en: `${names.en} grade ${grades.en}` };
  const absent = finding(false, `不属于${asked.zh}`, `not ${asked.en}`);
  const found = new Map(
    wanted.map((one) => {
      const { zh, en } = TAG_WORDS[one];
      return [
        one,
        byNumber((of) => {
          if (grade === undefined) return finding(true, `属于${zh}`, en);
          if (of === 0)
            return finding(false, `${zh}等级未填，须为${grades.zh}`, `${en}, grade not given, not within ${grades.en}`);
          return inside(of, grade)
            ? finding(true, `${zh}${of}级，符合${grades.zh}`, `${en} grade ${of}, within ${grades.en}`)
            : finding(false, `${zh}${of}级，不在${grades.zh}之内`, `${en} grade ${of}, not within ${grades.en}`);
        }),
      ] as const;
    }),
  );
  return ({ elder, request: { on } }) => {
    let failed: Finding = absent;
    for (const held of elder.tags) {
      if (held.since !== undefined && on < held.since) continue;
      if (held.until !== undefined && on > held.until) continue;
      const result = found.get(held.tag as Tag)?.(grade === undefined ? 0 : (held.grade ?? 0));
      if (result?.met) return result;
      if (result !== undefined) failed = result;
    }
    return failed;
  };
}

function ability({ atLeast = 'intact', atMost = 'complete' }: NonNullable<Condition['ability']>): Test {
  const range = { min: ABILITY_LEVELS.indexOf(atLeast), max: ABILITY_LEVELS.indexOf(atMost) };
  const low = ABILITY_WORDS[atLeast];
  const high = ABILITY_WORDS[atMost];
  const wanted =
    atMost === 'complete'
      ? { zh: `${low.zh}以上`, en: `${low.en} or graver` }
      : { zh: `${low.zh}至${high.zh}`, en: `${low.en} to ${high.en}` };
  const unknown = finding(false, `未评估失能等级，须为${wanted.zh}`, `ability not assessed, must be ${wanted.en}`);
  const found = byNumber((level) => {
    const { zh, en } = ABILITY_WORDS[ABILITY_LEVELS[level] ?? 'intact'];
    return inside(level, range)
      ? finding(true, `${zh}，符合${wanted.zh}`, `ability ${en}, within ${wanted.en}`)
      : finding(false, `${zh}，不在${wanted.zh}之内`, `ability ${en}, not within ${wanted.en}`);
  });
  return ({ elder }) =>
    elder.abilityLevel === undefined ? unknown : found(ABILITY_LEVELS.indexOf(elder.abilityLevel));
}

/** A condition on a text of which a few values are asked for: one finding for each of them, one for any other. */
function oneOf(values: readonly string[], met: (value: string) => Finding, other: Finding): (value: string) => Finding {
  const found = new Map(values.map((value) => [value, met(value)]));
  return (value) => found.get(value) ?? other;
}

function area(codes: readonly string[]): Test {
  const found = codes.map((code) => ({ code, met: finding(true, `住在${code}辖区`, `lives in area ${code}`) }));
  const other = finding(false, `不住在${codes.join('、')}辖区`, `does not live in area ${codes.join(', ')}`);
  return ({ elder }) => found.find(({ code }) => elder.area.startsWith(code))?.met ?? other;
}

function careClass(codes: readonly string[], names: ReadonlyMap<string, Words>): Test {
  const words = (code: string): Words => names.get(code) ?? { zh: code, en: code };
  const all = listWords(codes.map(words));
  const test = oneOf(
    codes,
    (code) => finding(true, `类别为${words(code).zh}`, `of class ${words(code).en}`),
    finding(false, `类别不是${all.zh}`, `not of class ${all.en}`),
  );
  return (of) => test(of.careClass);
}

function tier(codes: readonly string[], names: ReadonlyMap<string, Words>): Test {
  const words = (code: string): Words => names.get(code) ?? { zh: code, en: code };
  const all = listWords(codes.map(words));
  const test = oneOf(
    codes,
    (code) => finding(true, `就餐类别为${words(code).zh}`, `in meal tier ${words(code).en}`),
    finding(false, `就餐类别不是${all.zh}`, `not in meal tier ${all.en}`),
  );
  return (of) => test(of.tier);
}

function request(
  field: 'item' | 'eating' | 'canteen',
  values: readonly string[],
  words: (value: string) => Words,
): Test {
  const all = listWords(values.map(words));
  const test = oneOf(
    values,
    (value) => finding(true, words(value).zh, words(value).en),
    finding(false, `不是${all.zh}`, `not ${all.en}`),
  );
  return (of) => test(of.request[field] ?? '');
}

/** The weekday of the day asked for last: a run of quotes is nearly always for one day. */
function weekday(days: readonly number[]): Test {
  const wanted = listWords(days.map(weekdayWords));
  const found = byNumber((day) => {
    const { zh, en } = weekdayWords(day);
    return days.includes(day)
      ? finding(true, `就餐日为${zh}`, `the meal is on a ${en}`)
      : finding(false, `就餐日为${zh}，须为${wanted.zh}`, `the meal is on a ${en}, not on a ${wanted.en}`);
  });
  let last = { on: '', found: EVERYBODY };
  return ({ request: { on } }) => {
    if (last.on !== on) last = { on, found: found(weekdayOf(on)) };
    return last.found;
  };
}

/** A condition on the day of the meal that either holds or not. */
function day(holds: (on: string) => boolean, zh: string, en: string): Test {
  const met = finding(true, `就餐日在${zh}`, `the meal’s day is ${en}`);
  const unmet = finding(false, `就餐日不在${zh}`, `the meal’s day is not ${en}`);
  return (of) => (holds(of.request.on) ? met : unmet);
}

function birthday(within: 'day' | 'month'): Test {
  const met =
    within === 'day'
      ? finding(true, '生日当天', 'it is the birthday')
      : finding(true, '生日当月', 'it is the birthday’s month');
  const unmet =
    within === 'day'
      ? finding(false, '不是生日当天', 'it is not the birthday')
      : finding(false, '不是生日当月', 'it is not the birthday’s month');
  const end = within === 'day' ? 10 : 7;
  return ({ elder, request: { on } }) => (elder.birthDate.slice(5, end) === on.slice(5, end) ? met : unmet);
}

function used({ per, ...range }: NonNullable<Condition['used']>): Test {
  const { zh, en } = PERIOD_WORDS[per];
  const wanted = rangeWords(range, '次');
  const found = byNumber((count) =>
    inside(count, range)
      ? finding(
          true,
          `${zh}此前已补贴${count}次，符合${wanted.zh}`,
          `${mealsEn(count)} before on ${en}, within ${wanted.en}`,
        )
      : finding(
          false,
          `${zh}此前已补贴${count}次，不在${wanted.zh}之内`,
          `${mealsEn(count)} before on ${en}, not within ${wanted.en}`,
        ),
  );
  return (of) => found(usedIn(of.usage, per).count);
}

function household(wanted: boolean): Test {
  const local = finding(wanted, '本地户籍', 'household registered here');
  const other = finding(!wanted, '非本地户籍', 'household registered elsewhere');
  return ({ elder }) => (elder.localHousehold === false ? other : local);
}

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
      ? finding(true, `属于“${zh}”（${part.zh}）`, `${en} (${part.en})`)
      : finding(false, `不属于“${zh}”（${part?.zh}）`, `not ${en} (${part?.en})`),
  );
  return (of) => join([test(of)]);
}

const asItself = (value: string): Words => ({ zh: value, en: value });
const SPAN_START = { zh: '起始', en: 'the beginning' };

/** Compiles a condition into a test that says whether it holds and why. A condition that is left out holds for everybody. */
export function compileCondition(condition: Condition | undefined, names: Names): Test {
  if (condition === undefined) return forEverybody;
  const tests: Test[] = [];
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
  add(condition.weekday, (value) => weekday(listOf(value)));
  add(condition.birthday, birthday);
  add(condition.dates, ({ from, until }) =>
    day(
      (on) => (from === undefined || on >= from) && (until === undefined || on <= until),
      `${from ?? SPAN_START.zh}至${until ?? '以后'}期间`,
      `${from === undefined ? '' : `from ${from} `}${until === undefined ? 'on' : `until ${until}`}`,
    ),
  );
  add(condition.days, (days) => day((on) => days.includes(on), `${days.join('、')}之列`, `among ${days.join(', ')}`));
  add(condition.season, ({ from, until }) =>
    day(
      (on) => {
        const now = on.slice(5);
        return from <= until ? now >= from && now <= until : now >= from || now <= until;
      },
      `每年${from}至${until}期间`,
      `between ${from} and ${until} of the year`,
    ),
  );
  add(condition.used, used);
  add(condition.any, (list) => any(nested(list)));
  add(condition.all, (list) => all(nested(list)));
  add(condition.not, (one) => not(compileCondition(one, names)));
  return all(tests);
}

import type { AgeCounting, Condition } from './condition.ts';
import { ABILITY_LEVELS, type Tag } from './facts.ts';
import { ageAs, byNumber, type Finding, finding, inside, oneOf, type Range, type Test } from './finding.ts';
import { listOf } from './one-or-more.ts';
import { ABILITY_WORDS, listWords, TAG_WORDS, type Words } from './words.ts';

/** How a range of ages reads; in China's rules 以上 and 以下 include the number itself. */
function ageWords({ min, max }: Range): { wanted: Words; tooYoung: Words; tooOld: Words } {
  const outside = { zh: `不在${min}至${max}岁之内`, en: `not ${min} to ${max}` };
  const tooYoung = { zh: `未满${min}岁`, en: `not yet ${min}` };
  const tooOld = { zh: `超过${max}岁`, en: `over ${max}` };
  if (max === undefined) return { wanted: { zh: `${min}岁以上`, en: `${min} or over` }, tooYoung, tooOld };
  if (min === undefined) return { wanted: { zh: `${max}岁以下`, en: `${max} or under` }, tooYoung, tooOld };
  return { wanted: { zh: `${min}至${max}岁`, en: `${min} to ${max}` }, tooYoung: outside, tooOld: outside };
}

const COUNTING_WORDS: Readonly<Record<AgeCounting, Words>> = {
  day: { zh: '', en: '' },
  month: { zh: '（生日当月起计）', en: ' (counted from the birthday’s month)' },
  'next-month': { zh: '（生日次月起计）', en: ' (counted from the month after the birthday)' },
  year: { zh: '（按年份计）', en: ' (counted by calendar year)' },
};

export function age(range: Range & { readonly counting?: AgeCounting | undefined }, standard: AgeCounting): Test {
  const counting = range.counting ?? standard;
  const { wanted, tooYoung, tooOld } = ageWords(range);
  const { zh, en } = COUNTING_WORDS[counting];
  const found = byNumber((years) => {
    const met = inside(years, range);
    const verdict = range.min !== undefined && years < range.min ? tooYoung : tooOld;
    return met
      ? finding(true, `${years}岁${zh}，符合${wanted.zh}`, `aged ${years}${en}, which is ${wanted.en}`)
      : finding(false, `${years}岁${zh}，${verdict.zh}`, `aged ${years}${en}, ${verdict.en}`);
  });
  return ({ elder, request }) => found(ageAs(counting, elder.birthDate, request.on));
}

/** Grades in words: 1 is the gravest, so a range without `min` begins there. */
function gradeWords({ min = 1, max }: Range): Words {
  if (max === undefined) return { zh: `${min}级及更轻`, en: `${min} or lighter` };
  return min === max ? { zh: `${min}级`, en: `${min}` } : { zh: `${min}至${max}级`, en: `${min} to ${max}` };
}

export function tag({ is, grade }: NonNullable<Condition['tag']>): Test {
  const wanted = listOf(is);
  const names = listWords(wanted.map((one) => TAG_WORDS[one]));
  const grades = gradeWords(grade ?? {});
  const asked = grade === undefined ? names : { zh: `${names.zh}${grades.zh}`, en: `${names.en} grade ${grades.en}` };
  const absent = finding(false, `不属于${asked.zh}`, `does not count as ${asked.en}`);
  const found = new Map(
    wanted.map((one) => {
      const { zh, en } = TAG_WORDS[one];
      return [
        one,
        byNumber((of) => {
          if (grade === undefined) return finding(true, `属于${zh}`, `counts as ${en}`);
          if (of === 0)
            return finding(
              false,
              `${zh}等级未填，须为${grades.zh}`,
              `${en}, grade not given, not of grade ${grades.en}`,
            );
          return inside(of, grade)
            ? finding(true, `${zh}${of}级，符合${grades.zh}`, `${en} grade ${of}, which is ${grades.en}`)
            : finding(false, `${zh}${of}级，不在${grades.zh}之内`, `${en} grade ${of}, not ${grades.en}`);
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

export function ability({ atLeast = 'intact', atMost = 'complete' }: NonNullable<Condition['ability']>): Test {
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
      ? finding(true, `${zh}，符合${wanted.zh}`, `ability: ${en}, which is ${wanted.en}`)
      : finding(false, `${zh}，不在${wanted.zh}之内`, `ability: ${en}, not ${wanted.en}`);
  });
  return ({ elder }) =>
    elder.abilityLevel === undefined ? unknown : found(ABILITY_LEVELS.indexOf(elder.abilityLevel));
}

export function area(codes: readonly string[]): Test {
  const found = codes.map((code) => ({ code, met: finding(true, `住在${code}辖区`, `lives in area ${code}`) }));
  const other = finding(false, `不住在${codes.join('、')}辖区`, `does not live in area ${codes.join(', ')}`);
  return ({ elder }) => found.find(({ code }) => elder.area.startsWith(code))?.met ?? other;
}

export function careClass(codes: readonly string[], names: ReadonlyMap<string, Words>): Test {
  const words = (code: string): Words => names.get(code) ?? { zh: code, en: code };
  const all = listWords(codes.map(words));
  const test = oneOf(
    codes,
    (code) => finding(true, `类别为${words(code).zh}`, `in class ${words(code).en}`),
    finding(false, `类别不是${all.zh}`, `not in class ${all.en}`),
  );
  return (of) => test(of.careClass);
}

export function tier(codes: readonly string[], names: ReadonlyMap<string, Words>): Test {
  const words = (code: string): Words => names.get(code) ?? { zh: code, en: code };
  const all = listWords(codes.map(words));
  const test = oneOf(
    codes,
    (code) => finding(true, `就餐类别为${words(code).zh}`, `priced as ${words(code).en}`),
    finding(false, `就餐类别不是${all.zh}`, `not priced as ${all.en}`),
  );
  return (of) => test(of.tier);
}

export function birthday(within: 'day' | 'month'): Test {
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

export function household(wanted: boolean): Test {
  const local = finding(wanted, '本地户籍', 'household registered here');
  const other = finding(!wanted, '非本地户籍', 'household registered elsewhere');
  return ({ elder }) => (elder.localHousehold === false ? other : local);
}

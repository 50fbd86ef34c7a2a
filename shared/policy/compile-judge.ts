import { compileCondition, type Names } from './compile-condition.ts';
import type { Condition } from './condition.ts';
import type { ElderFacts } from './facts.ts';
import { aCase, type Case } from './finding.ts';
import { listOf } from './one-or-more.ts';
import { clip, type Words } from './words.ts';

/**
 * Whether a condition of an alert holds. Unlike a price, a call must not hang on what happens to be unknown: beside yes and
 * no there is `unknown`, and it travels through `all`, `any` and `not` as Kleene's three-valued logic has it.
 */
export interface Judged extends Words {
  readonly verdict: 'holds' | 'fails' | 'unknown';
}
export type Judge = (of: AlertCase) => Judged;

/** An alert's elder and day. `known` is false where nothing is known of the elder; the day is '' where it cannot be read. */
export interface AlertCase extends Case {
  readonly known: boolean;
}

const NOBODY: ElderFacts = { birthDate: '', area: '', tags: [] };

/** What conditions of alerts are judged by: an elder, if one is known, and the day ('' where it is not). */
export const pressOf = (elder: ElderFacts | undefined, on: string): AlertCase => ({
  ...aCase(elder ?? NOBODY, { item: '', on }),
  known: elder !== undefined,
});

/** What conditions refer to by name, with the care classes as judges, in the order in which they are given. */
export interface JudgeNames extends Names {
  readonly classRules: readonly { readonly code: string; readonly when?: Condition | undefined }[];
}

const judged = (verdict: Judged['verdict'], zh: string, en: string): Judged => ({
  verdict,
  zh: clip(zh),
  en: clip(en),
});
const joined = (verdict: Judged['verdict'], parts: readonly Judged[], zh: string, en: string): Judged =>
  judged(verdict, parts.map((part) => part.zh).join(zh), parts.map((part) => part.en).join(en));

/** Compiles a condition into a judge. A condition that is left out holds for everybody. */
export function compileJudge(condition: Condition | undefined, names: JudgeNames): Judge {
  const judges = Object.entries(condition ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => compileKey(key as keyof Condition, value, names));
  const both = all(judges);
  return (of) => {
    try {
      return both(of);
    } catch {
      // Facts that break a condition are facts that cannot be judged.
      return judged('unknown', '资料无法判断', 'the facts cannot be judged');
    }
  };
}

function compileKey(key: keyof Condition, value: unknown, names: JudgeNames): Judge {
  const nested = (): Judge[] => (value as Condition[]).map((one) => compileJudge(one, names));
  switch (key) {
    case 'all':
      return all(nested());
    case 'any':
      return any(nested());
    case 'not':
      return not(compileJudge(value as Condition, names));
    case 'is':
      return named(value as string, names);
    case 'class':
      return inClass(listOf(value as string | string[]), names);
    default:
      return leaf(key, value, names);
  }
}

const EVERYBODY = judged('holds', '人人适用', 'it is for everybody');

function all(judges: readonly Judge[]): Judge {
  return (of) => {
    const parts = judges.map((judge) => judge(of));
    const failed = parts.find(({ verdict }) => verdict === 'fails');
    if (failed !== undefined) return failed;
    const open = parts.find(({ verdict }) => verdict === 'unknown');
    if (open !== undefined) return open;
    return parts.length === 0 ? EVERYBODY : joined('holds', parts, '，且', '; ');
  };
}

function any(judges: readonly Judge[]): Judge {
  return (of) => {
    const parts = judges.map((judge) => judge(of));
    const met = parts.find(({ verdict }) => verdict === 'holds');
    if (met !== undefined) return met;
    const open = parts.find(({ verdict }) => verdict === 'unknown');
    return open ?? joined('fails', parts, '，也', '; ');
  };
}

const not =
  (judge: Judge): Judge =>
  (of) => {
    const { verdict, zh, en } = judge(of);
    if (verdict === 'unknown') return { verdict, zh, en };
    return verdict === 'holds'
      ? judged('fails', `${zh}（属除外情形）`, `${en} (which is excluded)`)
      : judged('holds', `${zh}（无除外情形）`, `${en} (nothing that is excluded)`);
  };

function named(id: string, names: JudgeNames): Judge {
  const target = names.named.get(id);
  if (target === undefined) throw new RangeError(`no condition is named "${id}"`);
  const judge = compileJudge(target.when, names);
  const { zh, en } = target.name;
  return (of) => {
    const part = judge(of);
    if (part.verdict === 'unknown') return part;
    return part.verdict === 'holds'
      ? judged('holds', `属于“${zh}”（${part.zh}）`, `counts as ${en} (${part.en})`)
      : judged('fails', `不属于“${zh}”（${part.zh}）`, `does not count as ${en} (${part.en})`);
  };
}

/**
 * The elder's class is the one that an assessment gave, else the first whose condition holds. Where an earlier one cannot be
 * judged, or is given by an assessment of which nothing is known here, several are possible.
 */
function inClass(codes: readonly string[], names: JudgeNames): Judge {
  const test = compileCondition({ class: codes }, names);
  const rules = names.classRules.map(({ code, when }) => ({
    code,
    judge: when === undefined ? undefined : compileJudge(when, names),
  }));
  const possible = (of: AlertCase): string[] => {
    const given = rules.find(({ code }) => code === of.elder.careClass);
    if (given !== undefined) return [given.code];
    const found: string[] = [];
    for (const { code, judge } of rules) {
      const verdict = judge === undefined ? 'unknown' : judge(of).verdict;
      if (verdict !== 'fails') found.push(code);
      if (verdict === 'holds') return found;
    }
    return [...found, ''];
  };
  return (of) => {
    const classes = of.known ? possible(of) : [];
    const met = classes.filter((code) => codes.includes(code)).length;
    if (classes.length === 0 || (met > 0 && met < classes.length))
      return judged('unknown', '类别不明', 'class not known');
    const { zh, en } = test({ ...of, careClass: classes[0] ?? '' });
    return judged(met > 0 ? 'holds' : 'fails', zh, en);
  };
}

function leaf(key: keyof Condition, value: unknown, names: JudgeNames): Judge {
  const test = compileCondition({ [key]: value }, names);
  return (of) => {
    const open = unknownOf(key, value, of);
    if (open !== undefined) return judged('unknown', open.zh, open.en);
    const { met, zh, en } = test(of);
    return judged(met ? 'holds' : 'fails', zh, en);
  };
}

const OF_DAY: readonly (keyof Condition)[] = ['weekday', 'dates', 'days', 'season'];
const OF_MEAL: readonly (keyof Condition)[] = ['item', 'eating', 'canteen', 'used', 'tier'];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What a condition asks for and nobody knows; `undefined` where it can be judged. */
function unknownOf(
  key: keyof Condition,
  value: unknown,
  { known, elder, request: { on } }: AlertCase,
): Words | undefined {
  if (OF_MEAL.includes(key)) return { zh: '求助与就餐无关', en: 'an alert has no meal' };
  if (OF_DAY.includes(key)) return DAY.test(on) ? undefined : { zh: '日期不明', en: 'day not known' };
  if (!known) return { zh: '老人情况不明', en: 'nothing is known of the elder' };
  if (key === 'age' || key === 'birthday') {
    return DAY.test(elder.birthDate) && DAY.test(on) ? undefined : { zh: '出生日期不明', en: 'birth date not known' };
  }
  if (key === 'ability') {
    return elder.abilityLevel === undefined ? { zh: '未评估失能等级', en: 'ability not assessed' } : undefined;
  }
  if (key === 'area') {
    const inside = listOf(value as string | string[]).some((code) => elder.area.startsWith(code));
    const wider = listOf(value as string | string[]).some((code) => code.startsWith(elder.area));
    return wider && !inside ? { zh: '住址不明', en: 'home not known closely enough' } : undefined;
  }
  if (key === 'tag') {
    const { is, grade } = value as NonNullable<Condition['tag']>;
    const holding = elder.tags.filter(
      ({ tag, since = '', until = on }) => listOf(is).includes(tag) && since <= on && until >= on,
    );
    const ungraded = grade !== undefined && holding.some((held) => held.grade === undefined);
    return ungraded ? { zh: '残疾等级未填', en: 'grade of disability not given' } : undefined;
  }
  return undefined;
}

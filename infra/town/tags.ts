import type { AbilityForm, Evidence } from '../../shared/contracts/elder-facts.ts';
import type { TagForm } from '../../shared/contracts/elders.ts';
import type { AbilityLevel, Tag } from '../../shared/policy/facts.ts';
import { addDays, type IsoDate } from '../../shared/values/dates.ts';
import type { Random } from './random.ts';

export type DatedTag = { tag: Tag } & TagForm;

/** How an elder lives, as far as it decides what kinds they are of. */
export interface Living {
  readonly age: number;
  readonly isAlone: boolean;
}

/** The paper that proves each kind: its name, and how its number begins (none where the proof is a visit). */
const EVIDENCE: Readonly<Record<Tag, readonly [kind: string, number?: string]>> = {
  'no-support': ['三无人员审批表', 'SW'],
  destitute: ['特困人员救助供养证', 'TK'],
  'minimum-living': ['城市居民最低生活保障证', 'DB'],
  'near-minimum-living': ['低保边缘家庭认定书', 'DBY'],
  'low-income': ['低收入家庭认定书', 'DSR'],
  'empty-nest': ['社区入户登记表'],
  'living-alone': ['社区入户登记表'],
  'lost-only-child': ['计划生育特殊家庭扶助证', 'JS'],
  'preferential-treatment': ['优待证', 'YD'],
  disabled: ['残疾人证', 'CJ'],
  dementia: ['医院诊断证明书', 'ZD'],
  'model-worker': ['劳动模范荣誉证书', 'LM'],
  'in-hardship': ['困难家庭认定书', 'KN'],
  'serious-illness': ['医院诊断证明书', 'ZD'],
};

/** The newest tag is this old, in days: a month's orders are all priced with it. */
const NEWEST = 70;

/** A tag with its proof: seen some time in the last eight years. */
export function tagWith(random: Random, tag: Tag, today: IsoDate, grade?: number): DatedTag {
  const since = addDays(today, -random.between(NEWEST, 8 * 365));
  const [kind, prefix] = EVIDENCE[tag];
  const evidence: Evidence = {
    kind,
    ...(prefix !== undefined && { number: `${prefix}${since.slice(0, 4)}${random.between(100_000, 999_999)}` }),
    issuedOn: since,
  };
  return { tag, ...(grade !== undefined && { grade }), evidence, since };
}

/** Grades of disability as certificates have them: about two in five are severe (1 and 2). */
const DISABILITY_GRADES = [
  [1, 12],
  [2, 27],
  [3, 27],
  [4, 34],
] as const;

/**
 * The kinds of elder that somebody is of, at about the rates of a northern city: a third of the homes are empty nests or of
 * one alone, one elder in sixteen is in want of some kind, one in fourteen is disabled (more with age), one in two hundred has
 * nobody, as many lost their only child. Nobody is of two kinds of poverty at once.
 */
export function tagsOf(random: Random, { age, isAlone }: Living, today: IsoDate): DatedTag[] {
  const tags: DatedTag[] = [];
  const add = (tag: Tag, grade?: number): void => void tags.push(tagWith(random, tag, today, grade));
  const poverty = random.weighted<Tag | undefined>([
    [undefined, 928],
    ['no-support', isAlone ? 12 : 2],
    ['destitute', isAlone ? 9 : 2],
    ['minimum-living', 19],
    ['near-minimum-living', 12],
    ['low-income', 20],
    ['in-hardship', 15],
  ]);
  if (poverty !== undefined) add(poverty);
  if (isAlone) {
    if (random.chance(0.72)) add('living-alone');
  } else if (random.chance(0.33)) add('empty-nest');
  if (poverty !== 'no-support' && random.chance(0.006)) add('lost-only-child');
  if (random.chance(age >= 75 ? 0.04 : 0.02)) {
    add('preferential-treatment', random.chance(0.2) ? random.between(1, 10) : undefined);
  }
  if (random.chance(age >= 80 ? 0.13 : age >= 70 ? 0.075 : 0.045)) add('disabled', random.weighted(DISABILITY_GRADES));
  if (random.chance(age >= 85 ? 0.09 : age >= 75 ? 0.03 : 0.006)) add('dementia');
  if (random.chance(0.003)) add('model-worker');
  if (random.chance(0.02)) add('serious-illness');
  return tags.sort((a, b) => (a.tag < b.tag ? -1 : 1));
}

const LEVELS: Readonly<Record<'young' | 'old' | 'oldest', readonly (readonly [AbilityLevel, number])[]>> = {
  young: [
    ['intact', 78],
    ['mild', 14],
    ['moderate', 5],
    ['severe', 2],
    ['complete', 1],
  ],
  old: [
    ['intact', 55],
    ['mild', 24],
    ['moderate', 12],
    ['severe', 6],
    ['complete', 3],
  ],
  oldest: [
    ['intact', 28],
    ['mild', 30],
    ['moderate', 21],
    ['severe', 13],
    ['complete', 8],
  ],
};

/** An assessment, which the older have had more often. Who is severely disabled was found at least moderately disabled. */
export function abilityOf(random: Random, age: number, tags: readonly DatedTag[], today: IsoDate): AbilityForm | null {
  const isSevere = tags.some(({ tag, grade = 9 }) => tag === 'disabled' && grade <= 2);
  if (!random.chance(isSevere ? 0.9 : age >= 80 ? 0.5 : age >= 70 ? 0.25 : 0.1)) return null;
  const levels = LEVELS[age >= 85 ? 'oldest' : age >= 75 ? 'old' : 'young'];
  const level = random.weighted(isSevere ? levels.slice(2) : levels);
  const assessedOn = addDays(today, -random.between(NEWEST, 3 * 365));
  return {
    level,
    assessedOn,
    evidence: {
      kind: '老年人能力评估报告',
      number: `PG${assessedOn.slice(0, 4)}${random.between(10_000, 99_999)}`,
      issuedOn: assessedOn,
    },
  };
}

import { type CompiledGroup, type CompiledMeals, type CompiledSubsidy, TIERS_BIT } from './compile.ts';
import { type Case, type Finding, usedIn } from './finding.ts';
import type { Fund } from './fund.ts';

/** What cut a subsidy short: the least that the elder pays, a payer's cap, the group's cap, or a limit of the period. */
export type Cut = 'minimum' | 'payer' | 'group' | 'limit';

/** A subsidy of one quote in fen: what it should take off, what it does, why less, and what the elder pays after it. */
export interface Grant {
  readonly fund: Fund;
  wanted: number;
  placed: number;
  person: number;
  cut: Cut | undefined;
}

/** What became of the rules of a group (or of the tiers), by their index. */
export interface GroupResult {
  readonly found: readonly Finding[];
  /** For tiers what the elder would pay, for subsidies what would be taken off; of rules whose condition holds. */
  readonly own: readonly number[];
  /** Rules that may not go together with a group that has given already. */
  readonly excluded: readonly boolean[];
  /** Index of the best rule, or -1. */
  winner: number;
  /** Per rule, what it gave; undefined where it gave nothing. */
  readonly grants: (Grant | undefined)[];
  /** Whether a limit is reached that covers the group. */
  blocked: boolean;
}

/** A limit's state for one quote. */
interface LimitResult {
  readonly found: Finding;
  /** What counts against it: meals or fen. */
  readonly used: number;
  reached: boolean;
}

/** The money of one meal, without its delivery. Fen. */
export interface MealResult {
  readonly price: number;
  /** The least that the elder pays, and which rule says so (-1 for none). */
  readonly floor: number;
  readonly floorRule: number;
  readonly minimumFound: readonly Finding[];
  person: number;
  /** By the index of the party. */
  readonly paid: number[];
  room: number[] | undefined;
  readonly tiers: GroupResult;
  readonly groups: readonly GroupResult[];
  readonly limits: readonly LimitResult[];
  /** Bits of what limits have closed. */
  readonly closed: number;
}

const NEVER: readonly boolean[] = [];

/** Works out one meal: the tier, then each group of subsidies in turn, within the minimum, the limits and the payers' caps. */
export function workOutMeal(
  meals: CompiledMeals,
  of: Case,
  price: number,
  parties: { readonly count: number; room(): number[] | undefined },
): MealResult {
  const room = parties.room();
  const tiers = judgeTiers(meals, of, price, room);
  of.tier = meals.tiers[tiers.winner]?.rule.code ?? '';
  const limits = meals.limits.map((limit) => judgeLimit(limit, of));
  const closed = meals.limits.reduce((bits, limit, index) => (limits[index]?.reached ? bits | limit.covers : bits), 0);
  const { floor, floorRule, minimumFound } = judgeMinimum(meals, of, price);
  const paid = new Array<number>(parties.count).fill(0);
  const groups: GroupResult[] = [];
  const result: MealResult = {
    price,
    floor,
    floorRule,
    minimumFound,
    person: price,
    paid,
    room,
    tiers,
    groups,
    limits,
    closed,
  };

  let given = 0;
  tiers.blocked = (closed & TIERS_BIT) !== 0;
  const tier = meals.tiers[tiers.winner];
  if (tier?.fund !== undefined && !tiers.blocked) {
    const grant = give(result, tier.fund, price - (tiers.own[tiers.winner] ?? price), undefined);
    tiers.grants[tiers.winner] = grant;
    if (grant.placed > 0) given |= TIERS_BIT;
  }
  for (const group of meals.groups) {
    const judged = judgeGroup(group, of, result, given, (closed & group.bit) !== 0);
    groups.push(judged);
    if (judged.grants.some((grant) => grant !== undefined && grant.placed > 0)) given |= group.bit;
  }
  cutToLimits(meals, result, parties);
  return result;
}

/** The tier in which the elder pays least; the first of equals. */
function judgeTiers({ tiers }: CompiledMeals, of: Case, price: number, room: number[] | undefined): GroupResult {
  const found: Finding[] = [];
  const own: number[] = [];
  let winner = -1;
  let best = Infinity;
  for (const tier of tiers) {
    const finding = tier.test(of);
    found.push(finding);
    const pays = finding.met ? tier.pays(of.request.item, price) : 0;
    own.push(pays);
    if (!finding.met) continue;
    const really = tier.fund?.capped ? price - wouldPlace(tier.fund, price - pays, room) : pays;
    if (really < best) {
      best = really;
      winner = tier.index;
    }
  }
  return { found, own, excluded: NEVER, winner, grants: [], blocked: false };
}

const wouldPlace = (fund: Fund, amount: number, room: number[] | undefined): number =>
  fund.place(amount, [], room && [...room]);

function judgeLimit({ rule, test }: CompiledMeals['limits'][number], of: Case): LimitResult {
  const found = test(of);
  const before = rule.per === 'meal' ? undefined : usedIn(of.usage, rule.per, rule.items);
  if (rule.meals === undefined) return { found, used: before?.subsidy ?? 0, reached: false };
  const used = before?.count ?? 0;
  return { found, used, reached: found.met && used >= rule.meals };
}

function judgeMinimum({ minimumPay }: CompiledMeals, of: Case, price: number) {
  const minimumFound: Finding[] = [];
  let floor = 0;
  let floorRule = -1;
  for (const { rule, index, test } of minimumPay) {
    const finding = test(of);
    minimumFound.push(finding);
    if (finding.met && rule.amount > floor) {
      floor = rule.amount;
      floorRule = index;
    }
  }
  return { minimumFound, floor: Math.min(floor, price), floorRule };
}

/** Takes `wanted` off what the elder pays, as far as the minimum and the payers' caps allow. */
function give(sum: MealResult, fund: Fund, wanted: number, cut: Cut | undefined): Grant {
  const allowed = Math.min(wanted, Math.max(0, sum.person - sum.floor));
  const placed = allowed > 0 ? fund.place(allowed, sum.paid, sum.room) : 0;
  sum.person -= placed;
  return {
    fund,
    wanted,
    placed,
    person: sum.person,
    cut: placed < allowed ? 'payer' : allowed < wanted ? 'minimum' : cut,
  };
}

function judgeGroup(
  { group, rules }: CompiledGroup,
  of: Case,
  sum: MealResult,
  given: number,
  blocked: boolean,
): GroupResult {
  const found = rules.map(({ test }) => test(of));
  const excluded = rules.map(({ notWith }) => (notWith & given) !== 0);
  const grants: (Grant | undefined)[] = [];
  const own: number[] = [];
  const result: GroupResult = { found, own, excluded, winner: -1, grants, blocked };
  const counts = (index: number): boolean => found[index]?.met === true && !excluded[index];
  let left = group.cap ?? Infinity;
  const start = sum.person;

  const giveBy = ({ fund, index }: CompiledSubsidy): void => {
    const wanted = own[index] ?? 0;
    if (blocked || fund === undefined || wanted === 0) return;
    const within = Math.min(wanted, left);
    const grant = give(sum, fund, within, within < wanted ? 'group' : undefined);
    left -= grant.placed;
    grants[index] = grant;
  };

  if (group.combine === 'stack') {
    for (const rule of rules) {
      own.push(counts(rule.index) ? rule.gives(sum.price, sum.person) : 0);
      giveBy(rule);
    }
    return result;
  }
  // A payer with nothing left can still win, if nobody gives more: the reason then tells of its cap.
  let best = -1;
  for (const rule of rules) {
    const gives = counts(rule.index) ? rule.gives(sum.price, start) : 0;
    own.push(gives);
    const really = rule.fund?.capped ? wouldPlace(rule.fund, gives, sum.room) : gives;
    if (gives > 0 && really > best) {
      best = really;
      result.winner = rule.index;
    }
  }
  const winner = rules[result.winner];
  if (winner !== undefined) giveBy(winner);
  return result;
}

/** Cuts the subsidies to what limits in fen leave, the last given first, and lets the payers pay anew. */
function cutToLimits({ limits }: CompiledMeals, sum: MealResult, parties: { room(): number[] | undefined }): void {
  const total = sum.price - sum.person;
  let allowed = total;
  limits.forEach(({ rule }, index) => {
    const judged = sum.limits[index];
    if (rule.subsidy === undefined || judged === undefined || !judged.found.met) return;
    const left = Math.max(0, rule.subsidy - judged.used);
    if (total <= left) return;
    judged.reached = true;
    allowed = Math.min(allowed, rule.notEnough === 'none' ? 0 : left);
  });
  if (allowed === total) return;

  sum.paid.fill(0);
  sum.room = parties.room();
  sum.person = sum.price;
  for (const grant of [sum.tiers, ...sum.groups].flatMap(({ grants }) => grants)) {
    if (grant === undefined) continue;
    const within = Math.min(grant.placed, allowed);
    const again = give(sum, grant.fund, within, undefined);
    if (again.placed < grant.placed) grant.cut = 'limit';
    grant.placed = again.placed;
    grant.person = sum.person;
    allowed -= again.placed;
  }
}

import { compilePolicies } from '../../infra/policies/compile.ts';
import { type CompiledPolicy, compilePolicy, quote } from '../../shared/policy/engine.ts';
import { type ElderFacts, type QuoteRequest, TAGS } from '../../shared/policy/facts.ts';
import { addDays } from '../../shared/values/dates.ts';
import { median } from './median.ts';

const ELDERS = 5000;
const QUOTES = 200_000;
const ROUNDS = 5;
/** The base city's people over 60 (the size to plan for). */
const CITY = 630_000;

/** Whole numbers below `below`, the same ones each time (a linear congruential generator). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** People of 55 to 104 with none to three tags, as they come: no two quotes in a row are of the same kind. */
function people(policy: CompiledPolicy): { elder: ElderFacts; request: QuoteRequest }[] {
  const next = numbers(7);
  return Array.from({ length: ELDERS }, () => {
    const tags = Array.from({ length: next(4) }, () => ({
      tag: TAGS[next(TAGS.length)] ?? 'disabled',
      grade: 1 + next(4),
    }));
    const used = { count: next(3) === 0 ? 1 : 0, subsidy: 900 };
    return {
      elder: {
        birthDate: addDays('1922-01-01', next(18_000)),
        area: `${policy.area.code}01001001001`.slice(0, 15),
        tags,
      },
      request: {
        item: 'lunch',
        on: addDays('2026-12-01', next(30)),
        eating: next(2) === 0 ? 'dine-in' : 'delivery',
        usage: { day: used, month: { count: next(31), subsidy: next(30) * 900 } },
      },
    };
  });
}

/** Quotes a second on one core, each with its shares and all its reasons, by the slower of the deployed policies. */
export function measureQuotes(): { quotes_per_s: number; city_reevaluated_s: number } {
  const rates = compilePolicies().map((document) => {
    const policy = compilePolicy(document);
    const asked = people(policy);
    let reasons = 0;
    const rounds = Array.from({ length: ROUNDS }, () => {
      const start = performance.now();
      for (let index = 0; index < QUOTES; index += 1) {
        const { elder, request } = asked[index % ELDERS] as (typeof asked)[number];
        reasons += quote(policy, elder, request).because.length;
      }
      return QUOTES / ((performance.now() - start) / 1000);
    });
    if (reasons === 0) throw new Error('no quote gave a reason');
    return median(rounds);
  });
  const slowest = Math.min(...rates);
  return { quotes_per_s: Math.round(slowest), city_reevaluated_s: Math.round((CITY / slowest) * 100) / 100 };
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meaningMistakes } from '../../../infra/policies/meaning.ts';
import { compilePolicy, quote } from '../../../shared/policy/engine.ts';
import { elders, policies, requests } from './random-policy.ts';

describe('what the checker proves without trying elders', () => {
  it('is never refuted by one: a tier told never to win does not win, a condition that nobody can meet is not met', () => {
    let proved = 0;
    fc.assert(
      fc.property(
        policies({ plain: false, capped: false }),
        fc.array(fc.tuple(elders, requests), { minLength: 20, maxLength: 40 }),
        (policy, asked) => {
          const told = meaningMistakes(policy);
          const compiled = compilePolicy(policy);
          const quotes = asked.map(([elder, request]) => quote(compiled, elder, request));
          for (const { path, found } of told) {
            const index = /^meals\.tiers\[(\d+)\]/.exec(path)?.[1];
            if (index === undefined) continue;
            proved += 1;
            const never = found.endsWith('can never win') ? ['applied', 'limited'] : ['applied', 'limited', 'lost'];
            const outcomes = quotes.map(
              ({ because }) => because.find(({ rule }) => rule === `tier:t${index}`)?.outcome,
            );
            expect(outcomes.filter((outcome) => outcome !== undefined && never.includes(outcome))).toEqual([]);
          }
        },
      ),
      { numRuns: 400 },
    );
    // The property says something only if the checker found such tiers at all.
    expect(proved).toBeGreaterThan(20);
  });
});

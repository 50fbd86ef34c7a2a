import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../infra/policies/check.ts';
import { mistakeText } from '../../../infra/policies/mistake.ts';
import { compilePolicy } from '../../../shared/policy/engine.ts';
import { TAGS } from '../../../shared/policy/facts.ts';
import { Policy } from '../../../shared/policy/policy.ts';
import { quoteFor, reasonOf } from './a-policy.ts';

type Json = Record<string, unknown> & { meals?: Record<string, unknown> };
const PAGE = readFileSync('docs/policies.md', 'utf8');
const blocks = [...PAGE.matchAll(/```json\n(.*?)```/gs)].map(([, text]) => JSON.parse(text ?? '') as Json);
const [worked, ...recipes] = blocks;

describe('docs/policies.md', () => {
  it('has a worked example that is right, and every example of which comes out as it says', () => {
    const { mistakes, remarks, policy } = checkDocument(JSON.stringify(worked));
    expect(mistakes.map((mistake) => mistakeText(mistake))).toEqual([]);
    expect(remarks).toEqual([]);
    expect(PAGE).toContain(`ok, hebin 2027-01, ${policy?.examples.length} examples`);
  });

  it('shows the reasons that the worked example really gives', () => {
    const quoted = quoteFor(Policy.parse(worked), { age: 82 }, { on: '2027-03-01' });
    expect(PAGE).toContain(`[tier:local-80] ${reasonOf(quoted, 'tier:local-80').text.zh}\n`);
    expect(PAGE).toContain(`[tier:local-60] ${reasonOf(quoted, 'tier:local-60').text.zh}\n`);
  });

  it('has recipes that each fit into the worked example', () => {
    expect(recipes.length).toBeGreaterThan(5);
    for (const recipe of recipes) {
      const document = { ...worked, ...recipe, meals: { ...worked?.meals, ...recipe.meals } };
      const mistakes = checkDocument(JSON.stringify(document)).mistakes.map((mistake) => mistakeText(mistake));
      // Other rules give other prices: only the examples of the worked example may fail.
      expect(mistakes.filter((text) => !text.startsWith('examples['))).toEqual([]);
      expect(compilePolicy(Policy.parse(document)).meals?.prices.size).toBe(2);
    }
  });

  it('names every field of a document and every tag', () => {
    for (const field of Object.keys(Policy.def.shape)) expect(PAGE).toContain(`\`${field}\``);
    for (const section of Object.keys(Policy.def.shape.meals.def.innerType.def.shape))
      expect(PAGE).toContain(`\`${section}\``);
    for (const tag of TAGS) expect(PAGE).toContain(`\`${tag}\``);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../infra/policies/check.ts';
import { mistakeText } from '../../../infra/policies/mistake.ts';
import { fieldNames } from '../../../infra/policies/schema.ts';
import { CHANNELS } from '../../../shared/contracts/alerts.ts';
import { CALLEES } from '../../../shared/contracts/callees.ts';
import { explainPlan } from '../../../shared/policy/alert-plan.ts';
import { AlertRules, RULED_SOURCES } from '../../../shared/policy/alert-rules.ts';
import { compilePolicy } from '../../../shared/policy/engine.ts';
import { elderFacts } from '../../../shared/policy/example.ts';
import { TAGS } from '../../../shared/policy/facts.ts';
import { Policy } from '../../../shared/policy/policy.ts';
import { instantInChina } from '../../../shared/values/dates.ts';
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

  it('has a worked example of a ladder, every example of which comes out as it says, with the reasons that it shows', () => {
    const ladder = recipes.find((recipe) => 'alerts' in recipe);
    const { mistakes, remarks, policy } = checkDocument(JSON.stringify({ ...worked, ...ladder }));
    expect(mistakes.map((mistake) => mistakeText(mistake))).toEqual([]);
    expect(remarks.filter((remark) => !remark.startsWith('no example expects tier'))).toEqual([]);
    if (policy === undefined) throw new Error('the worked example has no policy');
    const facts = elderFacts({ age: 82 }, policy.validFrom, policy);
    const because = explainPlan(compilePolicy(policy), facts, 'smoke', instantInChina(policy.validFrom, '02:30'));
    for (const rule of ['wave:fire', 'wave:alone', 'wave:by-day']) {
      expect(PAGE).toContain(`[${rule}] ${because.find((one) => one.rule === rule)?.text.zh}\n`);
    }
  });

  it('names every field of the section alerts, every callee, channel and source', () => {
    for (const field of fieldNames(AlertRules)) expect(PAGE).toMatch(new RegExp(`[\`"]${field}[\`"]`));
    for (const one of [...CALLEES, ...RULED_SOURCES, ...CHANNELS.filter((channel) => channel !== 'canary')])
      expect(PAGE).toContain(`\`${one}\``);
  });

  it('names every field of a document and every tag', () => {
    for (const field of Object.keys(Policy.def.shape)) expect(PAGE).toContain(`\`${field}\``);
    for (const section of Object.keys(Policy.def.shape.meals.def.innerType.def.shape))
      expect(PAGE).toContain(`\`${section}\``);
    for (const tag of TAGS) expect(PAGE).toContain(`\`${tag}\``);
  });
});

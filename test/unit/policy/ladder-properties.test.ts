import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AlertPlan as StoredPlan } from '../../../functions/alerts/records.ts';
import { ALERT_SOURCES, type AlertSource, CHANNELS } from '../../../shared/contracts/alerts.ts';
import { CALLEES } from '../../../shared/contracts/callees.ts';
import { type AlertPlan, alertPlan, explainPlan } from '../../../shared/policy/alert-plan.ts';
import { RULED_SOURCES, type Wave } from '../../../shared/policy/alert-rules.ts';
import { type CompiledPolicy, compilePolicy } from '../../../shared/policy/engine.ts';
import type { ElderFacts } from '../../../shared/policy/facts.ts';
import { addDays, instantInChina } from '../../../shared/values/dates.ts';
import { aLadder } from './a-ladder.ts';
import { aPolicy, named } from './a-policy.ts';
import { condition, elders } from './random-policy.ts';

const hour = fc.integer({ min: 0, max: 23 }).map((h) => `${String(h).padStart(2, '0')}:30`);
const some = <T>(of: readonly T[]) => fc.uniqueArray(fc.constantFrom(...of), { minLength: 1, maxLength: 4 });

const wave: fc.Arbitrary<Omit<Wave, 'id'>> = fc.record(
  {
    after: fc.constantFrom(0, 30, 60, 90, 120, 300),
    call: some(CALLEES),
    channels: some(CHANNELS.filter((channel) => channel !== 'canary')),
    when: condition(false),
    sources: some(RULED_SOURCES),
    times: fc.record({ from: hour, until: hour }),
    source: fc.constant('x'),
  },
  { requiredKeys: ['after', 'call', 'source'] },
);

/** Policies of any waves, in any order; half of them without the first wave that every document must have. */
const ladders: fc.Arbitrary<CompiledPolicy> = fc
  .tuple(fc.array(wave, { minLength: 1, maxLength: 6 }), fc.boolean())
  .map(([waves, checked]) => {
    const own = waves.map((one, index) => ({ ...one, id: `w${index}` }));
    return compilePolicy({
      ...aPolicy(),
      conditions: {
        old: { name: named('old'), when: { age: { min: 80 } } },
        poor: { name: named('poor'), when: { tag: { is: ['low-income', 'minimum-living'] } } },
      },
      classes: [
        { code: 'a', name: named('a'), when: { ability: { atLeast: 'moderate' } }, source: 'x' },
        { code: 'b', name: named('b'), when: { age: { min: 75 } }, source: 'x' },
      ],
      alerts: checked ? aLadder(own) : { waves: own, source: 'x' },
    });
  });
const sources: fc.Arbitrary<AlertSource> = fc.constantFrom(...ALERT_SOURCES);
const days = fc.integer({ min: 0, max: 800 }).map((more) => addDays('2026-01-01', more));
const moments = fc.tuple(days, hour).map(([day, time]) => instantInChina(day, time));

/** Who is called when: `60 family`. */
const calls = ({ waves }: AlertPlan): string[] =>
  waves.flatMap(({ after, callees }) => callees.map((callee) => `${after} ${callee}`));

/** An elder of whom one fact more is not known. */
const forgotten: readonly ((elder: ElderFacts) => ElderFacts | undefined)[] = [
  () => undefined,
  ({ abilityLevel: _, ...rest }) => rest,
  (elder) => ({ ...elder, birthDate: '' }),
  (elder) => ({ ...elder, area: elder.area.slice(0, 6) }),
  (elder) => ({ ...elder, area: '' }),
  (elder) => ({ ...elder, tags: elder.tags.map(({ grade: _, ...tag }) => tag) }),
];

describe('the ladder of any rules, for any elder, source and moment', () => {
  it('is what can be stored, climbs from 0, has the board in every wave, and rings the desk and the family at once', () => {
    fc.assert(
      fc.property(ladders, fc.option(elders, { nil: undefined }), sources, moments, (policy, elder, source, at) => {
        const plan = alertPlan(policy, elder, source, at);
        expect(StoredPlan.parse(plan)).toEqual(plan);
        const [first] = plan.waves;
        expect(first?.after).toBe(0);
        expect(first?.callees).toEqual(expect.arrayContaining(['dispatchers', 'family']));
        plan.waves.forEach(({ after, callees, channels }, index) => {
          expect(after).toBeGreaterThan(plan.waves[index - 1]?.after ?? -1);
          expect(callees.length).toBeGreaterThan(0);
          expect(new Set(callees).size).toBe(callees.length);
          expect(channels).toContain('inbox');
          expect(channels.includes('canary')).toBe(source === 'canary');
        });
      }),
      { numRuns: 500 },
    );
  });

  it('never loses a call because less is known: of the elder, or of the time', () => {
    fc.assert(
      fc.property(
        ladders,
        elders,
        sources,
        moments,
        fc.constantFrom(...forgotten),
        (policy, elder, source, at, forget) => {
          const known = calls(alertPlan(policy, elder, source, at));
          const unknown = calls(alertPlan(policy, forget(elder), source, at));
          expect(known.filter((call) => !unknown.includes(call))).toEqual([]);
          const timeless = calls(alertPlan(policy, elder, source, ''));
          expect(known.filter((call) => !timeless.includes(call))).toEqual([]);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('calls in a drill whom it calls otherwise, but for the emergency services', () => {
    fc.assert(
      fc.property(ladders, elders, sources, moments, (policy, elder, source, at) => {
        const real = calls(alertPlan(policy, elder, source, at));
        const drill = calls(alertPlan(policy, elder, source, at, { drill: true }));
        expect(drill.toSorted()).toEqual(real.filter((call) => !call.endsWith('emergency-services')).toSorted());
      }),
      { numRuns: 300 },
    );
  });

  it('is explained wave by wave in both languages: whoever is said to be called is, and nobody else', () => {
    fc.assert(
      fc.property(ladders, fc.option(elders, { nil: undefined }), moments, (policy, elder, at) => {
        const because = explainPlan(policy, elder, 'key', at);
        const rules = policy.alerts?.rules.waves ?? [];
        expect(because.map(({ rule }) => rule)).toEqual(rules.map(({ id }) => `wave:${id}`));
        const said = rules.flatMap(({ after, call }, index) =>
          because[index]?.outcome === 'applied' ? call.map((callee) => `${after} ${callee}`) : [],
        );
        const forced = ['0 dispatchers', '0 family'];
        expect(new Set([...said, ...forced])).toEqual(new Set(calls(alertPlan(policy, elder, 'key', at))));
        for (const { text } of because) {
          expect(text.zh).toMatch(/通知/);
          expect(text.en).toMatch(/^[A-Z0-9]/);
          expect(`${text.zh}${text.en}`).not.toMatch(/undefined|NaN|\[object/);
          expect(Math.max(text.zh.length, text.en.length)).toBeLessThanOrEqual(400);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is made of the rules that hold where everything is known: what compiled conditions say, it does', () => {
    fc.assert(
      fc.property(elders, moments, fc.integer({ min: 60, max: 100 }), (elder, at, min) => {
        const policy = compilePolicy({
          ...aPolicy(),
          alerts: aLadder([
            { id: 'old', after: 60, call: ['neighbours'], when: { age: { min } }, source: 'x' },
            { id: 'young', after: 60, call: ['volunteers'], when: { not: { age: { min } } }, source: 'x' },
          ]),
        });
        // Everybody is either as old or younger: exactly one of the two is called.
        expect(alertPlan(policy, elder, 'key', at).waves[1]?.callees).toHaveLength(1);
      }),
    );
  });
});

import { type AlertPlan, alertPlan } from '../../../shared/policy/alert-plan.ts';
import type { AlertRules, Wave } from '../../../shared/policy/alert-rules.ts';
import { type CompiledPolicy, compilePolicy } from '../../../shared/policy/engine.ts';
import { type ExampleAlert, type ExampleElder, elderFacts, momentOf } from '../../../shared/policy/example.ts';
import { Policy } from '../../../shared/policy/policy.ts';
import { aPolicy } from './a-policy.ts';

/** A wave that calls the grid worker after a minute, and what `over` changes. */
export const aWave = (id: string, over: Partial<Wave> = {}): Wave => ({
  id,
  after: 60,
  call: ['grid-worker'],
  source: 'Rules made up for a test',
  ...over,
});

/** The desk and the family at once, then `waves`. */
export const aLadder = (waves: readonly Wave[] = [], over: Partial<AlertRules> = {}): AlertRules => ({
  waves: [aWave('first', { after: 0, call: ['dispatchers', 'family'] }), ...waves],
  source: 'Rules made up for a test',
  ...over,
});

/** The test city with this section; read by its schema, as a document would be. */
export const withAlerts = (alerts: AlertRules, over: Partial<Policy> = {}): CompiledPolicy =>
  compilePolicy(Policy.parse(JSON.parse(JSON.stringify({ ...aPolicy(), alerts, ...over }))));

/** The ladder of an alert on a Tuesday; without an elder nothing is known of whom it is about. */
export function planOf(policy: CompiledPolicy, elder?: ExampleElder, over: Partial<ExampleAlert> = {}): AlertPlan {
  const alert = { source: 'key' as const, on: '2026-12-01', time: '14:00', ...over };
  const facts = elder && elderFacts(elder, alert.on ?? policy.validFrom, policy.policy);
  return alertPlan(policy, facts, alert.source, momentOf(alert, policy), { drill: alert.drill });
}

/** `0 dispatchers family`, `60 grid-worker`: a ladder in short. */
export const inShort = ({ waves }: AlertPlan): string[] =>
  waves.map(({ after, callees }) => `${after} ${callees.join(' ')}`);

import { type AlertPlan, alertPlan, explainPlan, type LadderWave } from '../../shared/policy/alert-plan.ts';
import type { CompiledPolicy } from '../../shared/policy/compile.ts';
import { elderFacts, type LadderExample, momentOf } from '../../shared/policy/example.ts';
import type { Mistake } from './mistake.ts';

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.every((one) => b.includes(one)) && b.every((one) => a.includes(one));

/** Where the ladder of an example is not the one that the rules give. */
export function ladderDifferences(compiled: CompiledPolicy, example: LadderExample, path: string): Mistake[] {
  const { name, elder, alert } = example;
  const at = momentOf(alert, compiled);
  const facts = elder && elderFacts(elder, at.length === 10 ? at : (alert.on ?? compiled.validFrom), compiled.policy);
  const asked = [compiled, facts, alert.source, at, { drill: alert.drill }] as const;
  const { waves }: AlertPlan = alertPlan(...asked);
  const right = `mend the rules or the example. Because: ${explainPlan(...asked)
    .map(({ rule, text }) => `[${rule}] ${text.en}`)
    .join(' · ')}`;
  const told = (field: string, wanted: string, got: string): Mistake => ({
    path: `${path}.alert.expect${field}`,
    found: `"${name}" expects ${wanted}, but the rules give ${got}`,
    right,
  });

  const differing = alert.expect.flatMap((expected, index): Mistake[] => {
    const wave = waves.find(({ after }) => after === expected.at);
    if (wave === undefined) {
      return [told(`[${index}].at`, `a wave at ${expected.at} s`, `waves at ${secondsOf(waves)}`)];
    }
    const { callees, channels } = wave;
    const wantedChannels = expected.channels && ['inbox', ...expected.channels];
    return [
      ...(sameSet(expected.call, callees)
        ? []
        : [told(`[${index}].call`, `${expected.call.join(', ')} at ${expected.at} s`, callees.join(', '))]),
      ...(wantedChannels === undefined || sameSet(wantedChannels, channels)
        ? []
        : [told(`[${index}].channels`, `${expected.channels?.join(', ')} at ${expected.at} s`, channels.join(', '))]),
    ];
  });
  const unexpected = waves
    .filter(({ after }) => !alert.expect.some((expected) => expected.at === after))
    .map(({ after, callees }) => told('', `nobody at ${after} s`, `${callees.join(', ')} then`));
  return [...differing, ...unexpected];
}

const secondsOf = (waves: readonly LadderWave[]): string => waves.map(({ after }) => `${after} s`).join(', ');

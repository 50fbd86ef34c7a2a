import type { AlertRules, Wave } from './alert-rules.ts';
import { compileJudge, type Judge, type JudgeNames } from './compile-judge.ts';

interface CompiledWave {
  readonly wave: Wave;
  readonly judge: Judge;
}

/** The section `alerts` of a policy with its conditions compiled. */
export interface CompiledAlerts {
  readonly rules: AlertRules;
  readonly waves: readonly CompiledWave[];
  /** Who takes part in the monthly drill. */
  readonly drill: Judge;
}

export const compileAlerts = (rules: AlertRules, names: JudgeNames): CompiledAlerts => {
  const ofAlert: JudgeNames = { ...names, ofDay: OF_ALERT };
  return {
    rules,
    waves: rules.waves.map((wave) => ({ wave, judge: compileJudge(wave.when, ofAlert) })),
    drill: compileJudge(rules.watch?.drill?.who, ofAlert),
  };
};

/** The day that conditions ask of is that of the press, not of a meal. */
const OF_ALERT = { zh: '当天', is: 'it is', name: 'the day' } as const;

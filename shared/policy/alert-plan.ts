import { type AlertSource, CHANNELS, type Channel } from '../contracts/alerts.ts';
import type { Callee } from '../contracts/callees.ts';
import type { Reason } from '../contracts/quote.ts';
import type { Instant, IsoDate } from '../values/dates.ts';
import type { AlertRules, Wave } from './alert-rules.ts';
import type { CompiledPolicy } from './compile.ts';
import { type CompiledAlerts, compileAlerts } from './compile-alerts.ts';
import type { ElderFacts } from './facts.ts';
import { channelsOf, judgeWaves, TO_PEOPLE } from './judge-waves.ts';
import { policyFor } from './versions.ts';

/** A wave of an alert's ladder: `after` seconds after the press these are called by these channels. */
export interface LadderWave {
  after: number;
  callees: Callee[];
  channels: Channel[];
}

/** What the rules say of one alert. Seconds. */
export interface AlertPlan {
  /** `lanzhou-chengguan/2026-01`, or `default` where no policy speaks of alerts. */
  policy: string;
  joinSeconds: number;
  callOffSeconds: number;
  nextStepSeconds: number;
  /** After the last wave its callees are called again at this distance, until somebody answers. */
  repeatSeconds: number;
  waves: LadderWave[];
}

const FIRST: LadderWave = { after: 0, callees: ['dispatchers', 'family'], channels: [...TO_PEOPLE] };

const DEFAULT_TIMES = { joinSeconds: 120, callOffSeconds: 10, nextStepSeconds: 300, repeatSeconds: 120 } as const;

const byDefault = (after: number, ...call: Callee[]): Wave => ({
  id: `default-${after}`,
  after,
  call,
  source: '默认规则 · default rule',
});

/**
 * The ladder where no policy speaks of alerts. The desk and the family hear at the same moment, as Wuhan's 一键通 has it; then
 * the nearest feet, then those who watch by profession. No partner is named: the desk dials for them.
 */
export const DEFAULT_ALERT_RULES: AlertRules = {
  ...DEFAULT_TIMES,
  waves: [
    byDefault(0, 'dispatchers', 'family'),
    byDefault(60, 'grid-worker'),
    byDefault(120, 'community-duty'),
    byDefault(180, 'neighbours', 'volunteers'),
    byDefault(240, 'call-centre'),
    // The last wave is the one that is repeated: the desk and the family belong to it.
    byDefault(300, 'emergency-services', 'dispatchers', 'family'),
  ],
  source: '默认规则 · default rule',
};
const DEFAULT_ALERTS = compileAlerts(DEFAULT_ALERT_RULES, {
  ageCounting: 'day',
  classes: new Map(),
  tiers: new Map(),
  named: new Map(),
  classRules: [],
});

/**
 * The policy whose word on alerts counts for an area on a day: the nearest that has a section `alerts`, so that a district
 * which writes of meals alone keeps the ladder of its city. `undefined` where none has.
 */
export const alertPolicyFor = (
  policies: readonly CompiledPolicy[],
  area: string,
  on: IsoDate,
): CompiledPolicy | undefined =>
  policyFor(
    policies.filter(({ alerts }) => alerts !== undefined),
    area,
    on,
  );

interface PlanOptions {
  /** A drill goes the whole way but for the emergency services: nobody rings 120 for practice. */
  readonly drill?: boolean | undefined;
}

/**
 * The ladder of an alert from a source at a moment (or on a day, where the time is not known) for an elder, of whom nothing
 * need be known. Pure, and never throws: what cannot be judged counts, as a call too many is better than a call too few.
 * Waves ascend from 0, those of the same second are one, `inbox` is always among the channels, and the first wave always
 * calls the desk and the family.
 */
export function alertPlan(
  policy: CompiledPolicy | undefined,
  elder: ElderFacts | undefined,
  source: AlertSource,
  at: Instant | IsoDate,
  { drill = false }: PlanOptions = {},
): AlertPlan {
  const alerts = alertsOf(policy);
  const { rules } = alerts;
  return {
    policy: policy?.alerts === undefined ? 'default' : `${policy.id}/${policy.version}`,
    joinSeconds: rules.joinSeconds ?? DEFAULT_TIMES.joinSeconds,
    callOffSeconds: rules.callOffSeconds ?? DEFAULT_TIMES.callOffSeconds,
    nextStepSeconds: rules.nextStepSeconds ?? DEFAULT_TIMES.nextStepSeconds,
    repeatSeconds: rules.repeatSeconds ?? DEFAULT_TIMES.repeatSeconds,
    waves: source === 'canary' ? ownTest() : ladder(alerts, { elder, source, at, drill }),
  };
}

/** Why each wave of the rules is called or left out: one reason for each, in the document's order, with its source. */
export const explainPlan = (
  policy: CompiledPolicy | undefined,
  elder: ElderFacts | undefined,
  source: AlertSource,
  at: Instant | IsoDate,
  { drill = false }: PlanOptions = {},
): Reason[] =>
  source === 'canary' ? [] : judgeWaves(alertsOf(policy), { elder, source, at, drill }).map(({ reason }) => reason);

const alertsOf = (policy: CompiledPolicy | undefined): CompiledAlerts => policy?.alerts ?? DEFAULT_ALERTS;

/** The stage's test of itself rings nobody: it goes to the board and to the channel that it listens on. */
const ownTest = (): LadderWave[] => [{ after: 0, callees: ['dispatchers', 'family'], channels: ['inbox', 'canary'] }];

function ladder(alerts: CompiledAlerts, alert: Parameters<typeof judgeWaves>[1]): LadderWave[] {
  const called = judgeWaves(alerts, alert).flatMap(({ wave, callees }): LadderWave[] =>
    callees.length === 0 ? [] : [{ after: wave.after, callees: [...callees], channels: channelsOf(wave) }],
  );
  // A checked document says so itself; here it holds whoever wrote the rules.
  const callsAtOnce = FIRST.callees.every((callee) =>
    called.some(({ after, callees }) => after === 0 && callees.includes(callee)),
  );
  return merged(callsAtOnce ? called : [FIRST, ...called]);
}

/** Waves of the same second as one, in ascending order. */
function merged(waves: readonly LadderWave[]): LadderWave[] {
  const bySecond = new Map<number, LadderWave>();
  for (const { after, callees, channels } of waves) {
    const own = bySecond.get(after);
    bySecond.set(after, {
      after,
      callees: [...new Set([...(own?.callees ?? []), ...callees])],
      channels: CHANNELS.filter((channel) => own?.channels.includes(channel) || channels.includes(channel)),
    });
  }
  return [...bySecond.values()].sort((a, b) => a.after - b.after);
}

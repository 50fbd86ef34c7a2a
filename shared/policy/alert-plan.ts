import { type AlertSource, CHANNELS, type Channel } from '../contracts/alerts.ts';
import type { Callee } from '../contracts/callees.ts';
import type { Reason } from '../contracts/quote.ts';
import { dateInChina, type Instant, type IsoDate, timeInChina } from '../values/dates.ts';
import { type AlertRules, PARTNER_CALLEES, type Wave } from './alert-rules.ts';
import { afterWords, CALLEE_WORDS, CHANNEL_WORDS, namesOf, SOURCE_WORDS } from './alert-words.ts';
import type { CompiledPolicy } from './compile.ts';
import { type CompiledAlerts, compileAlerts } from './compile-alerts.ts';
import type { ElderFacts } from './facts.ts';
import { pressOf } from './press-case.ts';
import { policyFor } from './versions.ts';
import type { Words } from './words.ts';

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

/** A drill goes the whole way but for the emergency services: nobody rings 120 for practice. */
interface PlanOptions {
  readonly drill?: boolean | undefined;
}

/**
 * The ladder of an alert from a source at a moment (or on a day, where the time is not known) for an elder, of whom nothing
 * need be known. Pure, and never throws: what cannot be judged counts, as a call too many is better than a call too few.
 * Waves ascend from 0, those of the same second are one, `inbox` is always among the channels, and the first wave always
 * calls the desk and the family.
 */
export const alertPlan = (
  policy: CompiledPolicy | undefined,
  elder: ElderFacts | undefined,
  source: AlertSource,
  at: Instant | IsoDate,
  options: PlanOptions = {},
): AlertPlan => workOut(policy, elder, source, at, options).plan;

/** Why each wave of the rules is called or left out: one reason for each, in the document's order, with its source. */
export const explainPlan = (
  policy: CompiledPolicy | undefined,
  elder: ElderFacts | undefined,
  source: AlertSource,
  at: Instant | IsoDate,
  options: PlanOptions = {},
): Reason[] => workOut(policy, elder, source, at, options).because;

function workOut(
  policy: CompiledPolicy | undefined,
  elder: ElderFacts | undefined,
  source: AlertSource,
  at: Instant | IsoDate,
  { drill = false }: PlanOptions,
): { plan: AlertPlan; because: Reason[] } {
  const alerts = policy?.alerts ?? DEFAULT_ALERTS;
  const { rules } = alerts;
  const called: LadderWave[] = [{ after: 0, callees: ['dispatchers', 'family'], channels: ['inbox'] }];
  const because: Reason[] = [];
  if (source === 'canary') called.push({ after: 0, callees: [], channels: ['canary'] });
  else
    for (const judged of judgeWaves(alerts, elder, source, at, drill)) {
      because.push(judged.reason);
      if (judged.called !== undefined) called.push(judged.called);
    }
  return {
    plan: {
      policy: policy?.alerts === undefined ? 'default' : `${policy.id}/${policy.version}`,
      joinSeconds: rules.joinSeconds ?? DEFAULT_TIMES.joinSeconds,
      callOffSeconds: rules.callOffSeconds ?? DEFAULT_TIMES.callOffSeconds,
      nextStepSeconds: rules.nextStepSeconds ?? DEFAULT_TIMES.nextStepSeconds,
      repeatSeconds: rules.repeatSeconds ?? DEFAULT_TIMES.repeatSeconds,
      waves: merged(called),
    },
    because,
  };
}

/** Waves of the same second as one, in ascending order. */
function merged(waves: readonly LadderWave[]): LadderWave[] {
  const bySecond = new Map<number, LadderWave>();
  for (const { after, callees, channels } of waves) {
    const own = bySecond.get(after);
    bySecond.set(after, {
      after,
      callees: [...new Set([...(own?.callees ?? []), ...callees])],
      channels: CHANNELS.filter(
        (channel) => channel === 'inbox' || own?.channels.includes(channel) || channels.includes(channel),
      ),
    });
  }
  return [...bySecond.values()].sort((a, b) => a.after - b.after);
}

const TO_PEOPLE: readonly Channel[] = ['inbox', 'wechat', 'sms', 'voice'];
const isPartner = (callee: Callee): boolean => (PARTNER_CALLEES as readonly Callee[]).includes(callee);

/** The channels of a wave: as written, or every one that can reach whom it calls. */
export const channelsOf = ({ call, channels }: Pick<Wave, 'call' | 'channels'>): readonly Channel[] =>
  channels ?? (call.some(isPartner) ? [...TO_PEOPLE, 'partner'] : TO_PEOPLE);

/** The day and the time of day in China; '' for what the moment does not tell. */
function dayAndTime(at: Instant | IsoDate): { on: string; time: string } {
  if (at.length === 10) return { on: at, time: '' };
  return Number.isNaN(Date.parse(at)) ? { on: '', time: '' } : { on: dateInChina(at), time: timeInChina(at) };
}

function* judgeWaves(
  { waves }: CompiledAlerts,
  elder: ElderFacts | undefined,
  source: AlertSource,
  at: Instant | IsoDate,
  drill: boolean,
): Generator<{ reason: Reason; called: LadderWave | undefined }> {
  const { on, time } = dayAndTime(at);
  const of = pressOf(elder, on);
  for (const { wave, judge } of waves) {
    const callees = drill ? wave.call.filter((callee) => callee !== 'emergency-services') : wave.call;
    const when = judge(of);
    const out = ((): Words | undefined => {
      if (wave.sources !== undefined && !wave.sources.includes(source as (typeof wave.sources)[number])) {
        const own = SOURCE_WORDS[source];
        const wanted = namesOf(wave.sources, SOURCE_WORDS);
        return { zh: `来源为${own.zh}，本级只用于${wanted.zh}`, en: `raised by ${own.en}, only for ${wanted.en}` };
      }
      if (wave.times !== undefined && time !== '' && !isWithin(time, wave.times)) {
        const { from, until } = wave.times;
        return { zh: `${time}不在${from}至${until}之间`, en: `at ${time}, not between ${from} and ${until}` };
      }
      if (when.verdict === 'fails') return when;
      return callees.length === 0
        ? { zh: '演练不惊动应急救援', en: 'a drill does not call the emergency services' }
        : undefined;
    })();
    yield out === undefined
      ? {
          reason: calledReason(wave, callees, when),
          called: { after: wave.after, callees, channels: [...channelsOf(wave)] },
        }
      : { reason: leftOutReason(wave, out), called: undefined };
  }
}

/** From `from` until before `until`, over midnight where `until` is earlier. */
const isWithin = (time: string, { from, until }: { from: string; until: string }): boolean =>
  from < until ? time >= from && time < until : time >= from || time < until;

function calledReason(
  wave: Wave,
  callees: readonly Callee[],
  { verdict, zh, en }: ReturnType<CompiledAlerts['drill']>,
): Reason {
  const after = afterWords(wave.after);
  const who = namesOf(callees, CALLEE_WORDS);
  const how = namesOf(
    CHANNELS.filter((channel) => channel === 'inbox' || channelsOf(wave).includes(channel)),
    CHANNEL_WORDS,
  );
  const why =
    wave.when === undefined
      ? { zh: '', en: '' }
      : verdict === 'unknown'
        ? { zh: `（${zh}，无法判断，宁多勿漏）`, en: ` (${en}: cannot be judged, so it counts)` }
        : { zh: `（${zh}）`, en: ` (${en})` };
  return reason(wave, 'applied', {
    zh: `${after.zh}通知${who.zh}：${how.zh}${why.zh}`,
    en: `${after.en} calls ${who.en} by ${how.en}${why.en}`,
  });
}

function leftOutReason(wave: Wave, { zh, en }: Words): Reason {
  const after = afterWords(wave.after);
  const who = namesOf(wave.call, CALLEE_WORDS);
  return reason(wave, 'not-met', {
    zh: `${zh} → ${after.zh}不通知${who.zh}`,
    en: `${en} → does not call ${who.en} ${after.en}`,
  });
}

const reason = ({ id, source }: Wave, outcome: Reason['outcome'], { zh, en }: Words): Reason => ({
  rule: `wave:${id}`,
  outcome,
  text: { zh: zh.slice(0, 400), en: (en.charAt(0).toUpperCase() + en.slice(1)).slice(0, 400) },
  source,
});

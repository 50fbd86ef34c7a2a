import { type AlertSource, CHANNELS, type Channel } from '../contracts/alerts.ts';
import { type Callee, PARTNER_CALLEES } from '../contracts/callees.ts';
import type { Reason } from '../contracts/quote.ts';
import { dateInChina, type Instant, type IsoDate, timeInChina } from '../values/dates.ts';
import type { Wave } from './alert-rules.ts';
import { afterWords, CALLEE_WORDS, CHANNEL_WORDS, namesOf, SOURCE_WORDS } from './alert-words.ts';
import type { CompiledAlerts } from './compile-alerts.ts';
import { type Judged, pressOf } from './compile-judge.ts';
import type { ElderFacts } from './facts.ts';
import type { Words } from './words.ts';

/** An alert as the rules of its ladder see it. */
export interface RaisedAlert {
  /** `undefined` where nothing is known of whom it is about. */
  readonly elder: ElderFacts | undefined;
  readonly source: AlertSource;
  /** A day alone where the time is not known. */
  readonly at: Instant | IsoDate;
  readonly drill: boolean;
}

/** A wave of the document: whom it calls of this alert, nobody where it is left out, and why. */
export interface JudgedWave {
  readonly wave: Wave;
  readonly callees: readonly Callee[];
  readonly reason: Reason;
}

/** Channels that a wave without any of its own takes: every one that can reach a person. */
export const TO_PEOPLE: readonly Channel[] = ['inbox', 'wechat', 'sms', 'voice'];
const isPartner = (callee: Callee): boolean => (PARTNER_CALLEES as readonly Callee[]).includes(callee);

/** The channels of a wave, as written, or every one that can reach whom it calls; `inbox` always. */
export function channelsOf({ call, channels }: Pick<Wave, 'call' | 'channels'>): Channel[] {
  const wanted = channels ?? (call.some(isPartner) ? [...TO_PEOPLE, 'partner'] : TO_PEOPLE);
  return CHANNELS.filter((channel) => channel === 'inbox' || (wanted as readonly Channel[]).includes(channel));
}

/** Judges each wave of the rules, in the document's order. What cannot be judged counts. */
export function judgeWaves({ waves }: CompiledAlerts, { elder, source, at, drill }: RaisedAlert): JudgedWave[] {
  const { on, time } = dayAndTime(at);
  const of = pressOf(elder, on);
  return waves.map(({ wave, judge }) => {
    const callees = drill ? wave.call.filter((callee) => callee !== 'emergency-services') : wave.call;
    const when = judge(of);
    const out =
      otherSource(wave, source) ??
      otherTime(wave, time) ??
      (when.verdict === 'fails' ? when : undefined) ??
      (callees.length === 0 ? SPARED : undefined);
    if (out !== undefined) return { wave, callees: [], reason: leftOut(wave, out) };
    return { wave, callees, reason: called(wave, callees, when, time) };
  });
}

/** The day and the time of day in China; '' for what the moment does not tell. */
function dayAndTime(at: Instant | IsoDate): { on: string; time: string } {
  if (at.length === 10) return { on: at, time: '' };
  return Number.isNaN(Date.parse(at)) ? { on: '', time: '' } : { on: dateInChina(at), time: timeInChina(at) };
}

const SPARED: Words = { zh: '演练不惊动应急救援', en: 'a drill does not call the emergency services' };

function otherSource({ sources }: Wave, source: AlertSource): Words | undefined {
  if (sources === undefined || (sources as readonly AlertSource[]).includes(source)) return undefined;
  const [own, wanted] = [SOURCE_WORDS[source], namesOf(sources, SOURCE_WORDS)];
  return { zh: `来源为${own.zh}，本级只用于${wanted.zh}`, en: `raised by ${own.en}, only for ${wanted.en}` };
}

function otherTime({ times }: Wave, time: string): Words | undefined {
  if (times === undefined || time === '') return undefined;
  const { from, until } = times;
  const isWithin = from < until ? time >= from && time < until : time >= from || time < until;
  if (isWithin) return undefined;
  return { zh: `${time}不在${from}至${until}之间`, en: `at ${time}, not between ${from} and ${until}` };
}

function called(wave: Wave, callees: readonly Callee[], { verdict, zh, en }: Judged, time: string): Reason {
  const after = afterWords(wave.after);
  const who = namesOf(callees, CALLEE_WORDS);
  const how = namesOf(channelsOf(wave), CHANNEL_WORDS);
  const because = [
    ...(wave.when === undefined
      ? []
      : [
          verdict === 'unknown'
            ? { zh: `${zh}，无法判断，宁多勿漏`, en: `${en}: cannot be judged, so it counts` }
            : { zh, en },
        ]),
    ...(wave.times !== undefined && time === ''
      ? [{ zh: '时间不明，宁多勿漏', en: 'time not known, so it counts' }]
      : []),
    ...(callees.length < wave.call.length ? [SPARED] : []),
  ];
  return reason(wave, 'applied', {
    zh: `${after.zh}通知${who.zh}：${how.zh}${because.map((one) => `（${one.zh}）`).join('')}`,
    en: `${after.en} calls ${who.en} by ${how.en}${because.map((one) => ` (${one.en})`).join('')}`,
  });
}

function leftOut(wave: Wave, { zh, en }: Words): Reason {
  const after = afterWords(wave.after);
  const who = namesOf(wave.call, CALLEE_WORDS);
  return reason(wave, 'not-met', {
    zh: `${zh} → ${after.zh}不通知${who.zh}`,
    en: `${en} → does not call ${who.en} ${after.en}`,
  });
}

/** A reason is one line of at most 400 characters, as its contract says. */
const reason = ({ id, source }: Wave, outcome: Reason['outcome'], { zh, en }: Words): Reason => ({
  rule: `wave:${id}`,
  outcome,
  text: { zh: zh.slice(0, 400), en: (en.charAt(0).toUpperCase() + en.slice(1)).slice(0, 400) },
  source,
});

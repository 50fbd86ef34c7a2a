import { type Instant, toInstant } from '../../../shared/values/dates.ts';
import type { AlertPlan, AlertRecord, LadderWave } from '../records.ts';

/** Whoever is called has this long to answer before the next are, however late the wave itself was, seconds. */
const LEAST_SECONDS = 15;

/** A wave of the plan, counted from 1; past the last one it is the last one again. */
export const waveOf = ({ waves }: AlertPlan, wave: number): LadderWave =>
  waves[Math.min(wave, waves.length) - 1] ?? { after: 0, callees: ['dispatchers'], channels: ['inbox'] };

/** Everybody whom the waves up to this one called. */
export function wavesUntil(plan: AlertPlan, wave: number): Pick<LadderWave, 'callees' | 'channels'> {
  const called = plan.waves.slice(0, Math.max(1, wave));
  return {
    callees: [...new Set(called.flatMap(({ callees }) => callees))],
    channels: [...new Set(called.flatMap(({ channels }) => channels))],
  };
}

/** Seconds from a wave to the next one; past the last one the distance at which it is repeated. */
function secondsAfter({ waves, repeatSeconds }: AlertPlan, wave: number): number {
  const [own, next] = [waves[wave - 1], waves[wave]];
  return own && next ? next.after - own.after : repeatSeconds;
}

/** What a wave found: `rings` says whether anybody's phone or system was reached. */
export interface Called {
  readonly wave: number;
  readonly at: Instant;
  readonly rings: boolean;
}

/**
 * When the wave after this one is due: at the plan's distance from when this one was due, so that a late call does not make the
 * whole ladder late; yet those who were called have a moment to answer. A wave that reached nobody is not waited for. After
 * the last wave it is called again and again; a drill ends there, a canary after its one wave, and so what rings once.
 */
export function nextDue(
  { plan, dueAt, raisedAt, drill, canary }: Pick<AlertRecord, 'plan' | 'dueAt' | 'raisedAt' | 'drill' | 'canary'>,
  { wave, at, rings }: Called,
): Instant | undefined {
  const isLast = wave >= plan.waves.length;
  if (canary || ((drill || plan.once) && isLast)) return undefined;
  const seconds = secondsAfter(plan, wave);
  const called = Date.parse(at);
  if (isLast) return toInstant(called + seconds * 1000);
  if (!rings) return at;
  const planned = Date.parse(dueAt ?? raisedAt) + seconds * 1000;
  return toInstant(Math.max(planned, called + Math.min(seconds, LEAST_SECONDS) * 1000));
}

/** When the next wave is due after everybody so far was called again. */
export const dueAfterReopening = (plan: AlertPlan, wave: number, at: Instant): Instant =>
  toInstant(Date.parse(at) + secondsAfter(plan, Math.max(1, wave)) * 1000);

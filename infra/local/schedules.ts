import { randomUUID } from 'node:crypto';
import { Cron } from 'croner';
import type { Checkpoints } from './checkpoints.ts';
import type { FunctionHost } from './function-host.ts';
import { asText, type Json } from './json.ts';
import type { Log } from './log.ts';

/** A rule of the template that invokes a function at set times. */
export interface Schedule {
  key: string;
  /** `rate(15 minutes)` or `cron(0 21 * * ? *)`, in UTC. */
  expression: string;
  host: FunctionHost;
  /** A constant input (JSON text), instead of the event that EventBridge makes. */
  input: Json;
}

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** `rate(…)` in milliseconds, or `cron(…)` as croner writes it (weekdays 0–6 from Sunday instead of 1–7). */
export function parseSchedule(expression: string): { everyMs: number } | { pattern: string } {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate) return { everyMs: Number(rate[1]) * (UNIT_MS[rate[2] ?? ''] ?? 0) };
  const [, inside = ''] = /^cron\((.+)\)$/.exec(expression) ?? [];
  const [minute, hour, day, month, weekday, year] = inside.trim().split(/\s+/);
  if (weekday === undefined || (year ?? '*') !== '*')
    throw new Error(`a schedule that is not understood here: ${expression}`);
  const days = weekday.replace(/(?<![#\d])([1-7])(?!\d)/g, (_, n: string) => String(Number(n) - 1));
  return { pattern: [minute, hour, day, month, days].join(' ').replaceAll('?', '*') };
}

/** Runs a schedule. One that came due while this machine was off (or never ran) runs once at start: the cloud would not have missed it. */
export function runSchedule(schedule: Schedule, checkpoints: Checkpoints, log: Log): { stop(): void } {
  const timing = parseSchedule(schedule.expression);
  const key = `schedule ${schedule.key}`;
  let isOver = false;
  const run = async (): Promise<void> => {
    const time = new Date().toISOString();
    const own = {
      version: '0',
      id: randomUUID(),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '000000000000',
      time,
      region: 'us-east-1',
      resources: [schedule.key],
      detail: {},
    };
    try {
      await schedule.host.invoke(schedule.input === undefined ? own : JSON.parse(asText(schedule.input)));
      checkpoints.set(key, time);
    } catch (error) {
      if (isOver) return;
      log.loud(`${schedule.key}: the scheduled run failed: ${error instanceof Error ? error.message : error}`);
    }
  };
  const job =
    'pattern' in timing ? new Cron(timing.pattern, { timezone: 'UTC', protect: true, unref: true }, run) : undefined;
  const timer = 'everyMs' in timing ? setInterval(run, timing.everyMs).unref() : undefined;
  const last = Date.parse(checkpoints.get(key) ?? '1970-01-01');
  const due = job ? (job.previousRuns(1)[0]?.getTime() ?? 0) : Date.now() - ('everyMs' in timing ? timing.everyMs : 0);
  if (last < due) void run();
  return {
    stop() {
      isOver = true;
      job?.stop();
      clearInterval(timer);
    },
  };
}

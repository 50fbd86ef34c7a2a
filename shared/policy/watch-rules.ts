import type { AlertSource } from '../contracts/alerts.ts';
import type { PartnerCallee } from '../contracts/callees.ts';
import { DEVICE_KINDS } from '../contracts/circle.ts';
import type { IsoDate, TimeOfDay } from '../values/dates.ts';
import type { AlertRules } from './alert-rules.ts';
import type { CompiledPolicy } from './compile.ts';
import { pressOf } from './compile-judge.ts';
import type { ElderFacts } from './facts.ts';

type DeviceKind = (typeof DEVICE_KINDS)[number];

/** How devices and elders are watched. */
export interface WatchRules {
  /** Hours after which a device that was not heard is reported, per kind. */
  deviceSilentHours: Readonly<Record<DeviceKind, number>>;
  heartbeatMinutes: number;
  drill: {
    every: 'month';
    dayOfMonth: number;
    /** In China, `HH:MM`. */
    timeOfDay: TimeOfDay;
    /** Whether an elder takes part. Whom nothing is known of does. */
    isFor(elder: ElderFacts | undefined, on: IsoDate): boolean;
  };
  /** So many ordered meals missed running open a check task. */
  missedMeals: number;
  /** Within so many minutes a check task must be done, or an alert is raised. */
  checkTaskMinutes: number;
  /** Absent where the rules say nothing of visits. */
  visitMissedMinutes: number | undefined;
}

/** A key that speaks once an hour and has missed a day and two hours; 15 minutes past nine, when everybody is up. */
const DEFAULT_WATCH = {
  deviceSilentHours: 26,
  heartbeatMinutes: 60,
  drill: { every: 'month', dayOfMonth: 15, timeOfDay: '09:15' },
  missedMeals: 2,
  checkTaskMinutes: 120,
} as const;

/** How the policy has devices and elders watched; what it leaves out is as where no policy speaks of it. */
export function watchRules(policy: CompiledPolicy | undefined): WatchRules {
  const alerts = policy?.alerts;
  const watch: Partial<NonNullable<AlertRules['watch']>> = alerts?.rules.watch ?? {};
  const { every, dayOfMonth, timeOfDay } = watch.drill ?? DEFAULT_WATCH.drill;
  return {
    deviceSilentHours: silentHours(watch.deviceSilentHours ?? DEFAULT_WATCH.deviceSilentHours),
    heartbeatMinutes: watch.heartbeatMinutes ?? DEFAULT_WATCH.heartbeatMinutes,
    drill: {
      every,
      dayOfMonth,
      timeOfDay,
      isFor: (elder, on) => alerts === undefined || alerts.drill(pressOf(elder, on)).verdict !== 'fails',
    },
    missedMeals: watch.missedMeals ?? DEFAULT_WATCH.missedMeals,
    checkTaskMinutes: watch.checkTaskMinutes ?? DEFAULT_WATCH.checkTaskMinutes,
    visitMissedMinutes: watch.visitMissedMinutes,
  };
}

type SilentHours = NonNullable<NonNullable<AlertRules['watch']>['deviceSilentHours']>;

/** Hours per kind of device, of one number or of a few kinds and the rest. */
export function silentHours(hours: SilentHours): Record<DeviceKind, number> {
  const of = (kind: DeviceKind): number => {
    if (typeof hours === 'number') return hours;
    return (kind === 'canary' ? undefined : hours[kind]) ?? hours.other;
  };
  return Object.fromEntries(DEVICE_KINDS.map((kind) => [kind, of(kind)])) as Record<DeviceKind, number>;
}

/** A call centre or emergency service that the waves call. */
export interface AlertPartner {
  id: string;
  callee: PartnerCallee;
  name: { zh: string; en: string };
  phone?: string | undefined;
  webhook?: string | undefined;
}

/** Whom the policy names outside Anxin, those for other sources left out where one is given; nobody where it names none. */
export const partnersOf = (policy: CompiledPolicy | undefined, source?: AlertSource): AlertPartner[] =>
  Object.entries(policy?.alerts?.rules.partners ?? {})
    .filter(([, { sources }]) => source === undefined || isFor(sources, source))
    .map(([id, { callee, name, phone, webhook }]) => ({ id, callee, name, phone, webhook }));

const isFor = (sources: readonly AlertSource[] | undefined, source: AlertSource): boolean =>
  sources === undefined || sources.includes(source);

/** What part of alerts is answered within 60 and 180 seconds: the UK's standard of telecare (TSA) where the policy says nothing. */
export function answerTargets(policy: CompiledPolicy | undefined): { within60: number; within180: number } {
  const { within60 = 0.975, within180 = 0.99 } = policy?.alerts?.rules.targets ?? {};
  return { within60, within180 };
}

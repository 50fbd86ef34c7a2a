import * as z from 'zod/mini';
import { Instant } from '../values/dates.ts';
import { Uuid } from '../values/ids.ts';
import { line } from '../values/text.ts';
import { ROLES } from './roles.ts';

/*
 * What the function that raises alerts reads, apart from what alerts become: every schema that is made when it loads is waited for by
 * somebody who has pressed.
 */

/** Where a press comes from. `missed-check`: somebody should have looked after the elder and has not. `canary`: the stage tests itself. */
export const ALERT_SOURCES = [
  'app',
  'key',
  'wristband',
  'smoke',
  'infrared',
  'health-meter',
  'missed-check',
  'staff-call',
  'canary',
] as const;
export const AlertSource = z.enum(ALERT_SOURCES);
export type AlertSource = z.infer<typeof AlertSource>;

/** Degrees; WeChat and Chinese maps use `gcj02`, GPS devices `wgs84`. */
export const Position = z.strictObject({
  longitude: z.number().check(z.minimum(-180), z.maximum(180)),
  latitude: z.number().check(z.minimum(-90), z.maximum(90)),
  accuracyMetres: z.optional(z.number().check(z.minimum(0), z.maximum(100_000))),
  coordinates: z.enum(['gcj02', 'wgs84']),
});
export type Position = z.infer<typeof Position>;

/** What a meter or sensor measured: `{ kind: 'heart-rate', value: 142, unit: '/min' }`. */
export const Reading = z.strictObject({ kind: line(40), value: z.number(), unit: z.optional(line(20)) });
export type Reading = z.infer<typeof Reading>;

/**
 * What a caller sends with `PUT /alerts/{alertId}`. Every part is optional and is read by itself: one that does not fit never
 * stops an alert, it is kept as unreadable evidence.
 */
export const RaiseAlert = z.strictObject({
  /** For whom. Elders and devices need not say it: their token does. */
  elderId: z.optional(Uuid),
  source: z.optional(AlertSource),
  /** The caller's own clock: kept beside the server's, never trusted. */
  pressedAt: z.optional(Instant),
  position: z.optional(Position),
  reading: z.optional(Reading),
  note: z.optional(line(200)),
  /** A drill: goes the whole way, marked as drill throughout. */
  drill: z.optional(z.boolean()),
});
export type RaiseAlert = z.infer<typeof RaiseAlert>;

/** Somebody who acts on an alert. `device` and `system` have no person. */
export const Actor = z.strictObject({
  personId: z.optional(z.string()),
  name: z.optional(line(60)),
  role: z.enum([...ROLES, 'device', 'partner', 'system']),
});
export type Actor = z.infer<typeof Actor>;

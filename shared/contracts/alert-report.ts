import * as z from 'zod/mini';
import { AreaCode } from '../values/areas.ts';
import { AlertSource, AlertStep } from './alerts.ts';

/** `YYYY-MM`, a month in China. */
export const Month = z.string().check(z.regex(/^20\d{2}-(0[1-9]|1[0-2])$/));

/** How fast alerts were answered. Shares are 0 to 1; absent where there was none. Drills and canaries never count. */
export const AnswerFigures = z.strictObject({
  alerts: z.int(),
  answered: z.int(),
  within60: z.int(),
  within180: z.int(),
  falseAlarms: z.int(),
  shareWithin60: z.optional(z.number()),
  shareWithin180: z.optional(z.number()),
});
export type AnswerFigures = z.infer<typeof AnswerFigures>;

/** The report of a month in an area, against 97.5 % within 60 s and 99 % within 180 s (TSA quality standard, UK). */
export const AlertReport = z.strictObject({
  area: AreaCode,
  month: Month,
  targets: z.strictObject({ within60: z.number(), within180: z.number() }),
  total: AnswerFigures,
  byMonth: z.array(z.strictObject({ month: Month, figures: AnswerFigures })),
  byArea: z.array(z.strictObject({ area: AreaCode, figures: AnswerFigures })),
  bySource: z.array(z.strictObject({ source: AlertSource, figures: AnswerFigures })),
  /** Every alert that took longer than 60 s (or was never answered), slowest first, with what happened. */
  slow: z.array(
    z.strictObject({
      alertId: z.string(),
      name: z.optional(z.string()),
      area: z.string(),
      source: AlertSource,
      raisedAt: z.string(),
      answerSeconds: z.optional(z.number()),
      timeline: z.array(AlertStep),
    }),
  ),
  drills: z.strictObject({ done: z.int(), due: z.int(), answered: z.int() }),
  devices: z.strictObject({ registered: z.int(), silent: z.int() }),
});
export type AlertReport = z.infer<typeof AlertReport>;

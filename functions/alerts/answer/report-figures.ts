import * as z from 'zod/mini';
import type { AlertReport, AnswerFigures } from '../../../shared/contracts/alert-report.ts';
import { ALERT_SOURCES } from '../../../shared/contracts/alerts.ts';
import { AlertRecord } from '../records.ts';

/** What the report reads of an alert. */
export const ReportLine = z.object({
  alertId: AlertRecord.shape.alertId,
  name: AlertRecord.shape.name,
  area: AlertRecord.shape.area,
  source: AlertRecord.shape.source,
  state: AlertRecord.shape.state,
  raisedAt: AlertRecord.shape.raisedAt,
  answeredAt: AlertRecord.shape.answeredAt,
  closedAt: AlertRecord.shape.closedAt,
  calledOffAt: AlertRecord.shape.calledOffAt,
  outcome: AlertRecord.shape.outcome,
  wave: AlertRecord.shape.wave,
  presses: AlertRecord.shape.presses,
  drill: AlertRecord.shape.drill,
  canary: AlertRecord.shape.canary,
});
export type ReportLine = z.infer<typeof ReportLine>;

/** Real alerts: drills and the stage's tests of itself never count. */
export const isReal = ({ drill, canary }: Pick<ReportLine, 'drill' | 'canary'>): boolean => !drill && !canary;

/** Seconds from the press to the first answer; undefined where nobody answered. */
export const answerSeconds = ({ raisedAt, answeredAt }: ReportLine): number | undefined =>
  answeredAt === undefined ? undefined : Math.max(0, (Date.parse(answeredAt) - Date.parse(raisedAt)) / 1000);

const isWithin = (line: ReportLine, seconds: number): boolean =>
  (answerSeconds(line) ?? Number.POSITIVE_INFINITY) <= seconds;

/** Counts. An alert that nobody answered is one that was not answered in time. */
export function figuresOf(lines: readonly ReportLine[]): AnswerFigures {
  const count = (test: (line: ReportLine) => boolean) => lines.filter(test).length;
  const alerts = lines.length;
  const within60 = count((line) => isWithin(line, 60));
  const within180 = count((line) => isWithin(line, 180));
  return {
    alerts,
    answered: count(({ answeredAt }) => answeredAt !== undefined),
    within60,
    within180,
    falseAlarms: count(({ state }) => state === 'false-alarm'),
    ...(alerts > 0 && { shareWithin60: within60 / alerts, shareWithin180: within180 / alerts }),
  };
}

/** Digits of the levels of area: city, district, street, community, grid. */
const LEVELS = [4, 6, 9, 12, 15] as const;

/** By the areas one level below `area`; an alert that is known no nearer counts for the area that is known. */
export function figuresByArea(area: string, lines: readonly ReportLine[]): AlertReport['byArea'] {
  const digits = LEVELS.find((level) => level > area.length) ?? area.length;
  const groups = Map.groupBy(
    lines.filter((line) => line.area !== ''),
    (line) => line.area.slice(0, digits),
  );
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([of, its]) => ({ area: of, figures: figuresOf(its) }));
}

/** By what raised it, in the order of ALERT_SOURCES; what never happened is left out. */
export const figuresBySource = (lines: readonly ReportLine[]): AlertReport['bySource'] =>
  ALERT_SOURCES.flatMap((source) => {
    const its = lines.filter((line) => line.source === source);
    return its.length === 0 ? [] : [{ source, figures: figuresOf(its) }];
  });

/** Those not answered within 60 s: never answered first, then the slowest. */
export const slowest = (lines: readonly ReportLine[]): ReportLine[] =>
  lines
    .filter((line) => !isWithin(line, 60))
    .sort(
      (a, b) =>
        (answerSeconds(b) ?? Number.MAX_VALUE) - (answerSeconds(a) ?? Number.MAX_VALUE) ||
        a.raisedAt.localeCompare(b.raisedAt),
    );

/** `count` months, the last of them `month`, oldest first. */
export function monthsUntil(month: string, count: number): string[] {
  const last = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
  return Array.from({ length: count }, (_, n) => {
    const index = last - (count - 1 - n);
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
  });
}

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { stringify } from 'csv-stringify/sync';
import * as z from 'zod/mini';
import { type AlertReport, AnswerFigures } from '../../../shared/contracts/alert-report.ts';
import { alertPolicyFor } from '../../../shared/policy/alert-plan.ts';
import { answerTargets } from '../../../shared/policy/watch-rules.ts';
import {
  addDays,
  dateInChina,
  type Instant,
  instantInChina,
  monthOf,
  timeInChina,
} from '../../../shared/values/dates.ts';
import { inParallel } from '../../platform/in-parallel.ts';
import { readItem } from '../circle/alerts-table.ts';
import { cityOf, devicesOfCity, drillsOfCity, monthFiguresKey, monthOfCity } from '../keys.ts';
import { readTimeline } from './alert-store.ts';
import { harmless } from './csv.ts';
import type { AnswerDeps } from './deps.ts';
import { queryAll } from './query-all.ts';
import {
  answerSeconds,
  figuresByArea,
  figuresBySource,
  figuresOf,
  isReal,
  monthsUntil,
  ReportLine,
  slowest,
} from './report-figures.ts';

interface Asked {
  readonly area: string;
  /** `YYYY-MM` in China. */
  readonly month: string;
  readonly now: Instant;
}

const MONTHS = 6;
/** A reply holds 6 MB: of a month with more slow alerts than this, the slowest are listed. The CSV has every one. */
const MOST_SLOW = 1000;
const TIMELINES_AT_ONCE = 20;

/**
 * How fast the alerts of a month were answered, with the five months before. In a city's report those stand too of which no area is
 * known: every desk sees them, so every desk answers for them.
 */
export async function alertReport(deps: AnswerDeps, { area, month, now }: Asked): Promise<AlertReport> {
  const months = monthsUntil(month, MONTHS);
  const [lines, before, devices, overdue] = await Promise.all([
    linesOf(deps, area, month),
    Promise.all(
      months.slice(0, -1).map(async (each) => ({ month: each, figures: await monthFigures(deps, area, each, now) })),
    ),
    devicesIn(deps, area),
    overdueDrills(deps, area, month, now),
  ]);
  const real = lines.filter(isReal);
  const drills = lines.filter(({ drill, canary }) => drill && !canary);
  return {
    area,
    month,
    // The city's own, as they stand at the end of the month; the British standard where it names none.
    targets: answerTargets(alertPolicyFor(deps.policies, area, `${month}-28`)),
    total: figuresOf(real),
    byMonth: [...before, { month, figures: figuresOf(real) }],
    byArea: figuresByArea(area, real),
    bySource: figuresBySource(real),
    slow: await withTimelines(deps, slowest(real).slice(0, MOST_SLOW)),
    drills: {
      done: drills.length,
      due: drills.length + overdue,
      answered: drills.filter(({ answeredAt }) => answeredAt !== undefined).length,
    },
    devices,
  };
}

/** An alert may be closed days late; a week after its end a month changes no more. */
const SETTLED_DAYS = 7;
const Figures = z.object(AnswerFigures.shape);

/** The figures of a month beside the one that is asked for. Once it has settled they are kept: a city's month has 25 000 alerts. */
async function monthFigures(deps: AnswerDeps, area: string, month: string, now: Instant): Promise<AnswerFigures> {
  const key = monthFiguresKey(area, month);
  const isSettled = dateInChina(now) >= addDays(monthAfter(month), SETTLED_DAYS);
  const kept = isSettled ? await readItem(deps, key) : undefined;
  if (kept) return Figures.parse(kept);
  const figures = figuresOf((await linesOf(deps, area, month)).filter(isReal));
  if (isSettled) await deps.db.send(new PutCommand({ TableName: deps.alertsTable, Item: { ...key, ...figures } }));
  return figures;
}

/** The first day of the month after. */
const monthAfter = (month: string): string => `${monthOf(addDays(`${month}-28`, 7))}-01`;

async function withTimelines(deps: AnswerDeps, slow: readonly ReportLine[]): Promise<AlertReport['slow']> {
  const timelines = new Map<string, Awaited<ReturnType<typeof readTimeline>>>();
  await inParallel(TIMELINES_AT_ONCE, slow, async ({ alertId }) => {
    timelines.set(alertId, await readTimeline(deps, alertId));
  });
  return slow.map((line) => ({
    alertId: line.alertId,
    name: line.name,
    area: line.area,
    source: line.source,
    raisedAt: line.raisedAt,
    answerSeconds: answerSeconds(line),
    timeline: timelines.get(line.alertId) ?? [],
  }));
}

const FIELDS = Object.keys(ReportLine.shape);

/** The alerts that were raised in a month, drills and tests included, oldest first. */
async function linesOf(deps: AnswerDeps, area: string, month: string): Promise<ReportLine[]> {
  const inMonth = (city: string, prefix: string) =>
    queryAll(deps.db, {
      TableName: deps.alertsTable,
      IndexName: 'gsi2',
      KeyConditionExpression: 'gsi2pk = :month AND begins_with(gsi2sk, :area)',
      ExpressionAttributeValues: { ':month': monthOfCity(city, month), ':area': prefix },
      ProjectionExpression: FIELDS.map((field) => `#${field}`).join(', '),
      ExpressionAttributeNames: Object.fromEntries(FIELDS.map((field) => [`#${field}`, field])),
    });
  const [here, unknown] = await Promise.all([
    inMonth(cityOf(area), area),
    area.length === 4 ? inMonth(cityOf(''), '#') : [],
  ]);
  return [...here, ...unknown]
    .map((item) => ReportLine.parse(item))
    .sort((a, b) => a.raisedAt.localeCompare(b.raisedAt) || a.alertId.localeCompare(b.alertId));
}

/** Devices as they are now: those that were revoked are no longer there. */
async function devicesIn({ db, alertsTable }: AnswerDeps, area: string): Promise<AlertReport['devices']> {
  const devices = await queryAll(db, {
    TableName: alertsTable,
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :devices AND begins_with(gsi1sk, :area)',
    FilterExpression: 'attribute_not_exists(revokedAt)',
    ExpressionAttributeValues: { ':devices': devicesOfCity(cityOf(area)), ':area': area },
    ProjectionExpression: 'silentSince',
  });
  return { registered: devices.length, silent: devices.filter(({ silentSince }) => silentSince !== undefined).length };
}

/** Elders of the area whose drill should have been held by the end of the month (or by now), and was not. */
async function overdueDrills(
  { db, alertsTable }: AnswerDeps,
  area: string,
  month: string,
  now: Instant,
): Promise<number> {
  const end = instantInChina(monthAfter(month), '00:00');
  const cards = await queryAll(db, {
    TableName: alertsTable,
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :drills AND gsi1sk < :until',
    FilterExpression: 'begins_with(area, :area)',
    ExpressionAttributeValues: {
      ':drills': drillsOfCity(cityOf(area)),
      ':until': end < now ? end : now,
      ':area': area,
    },
    ProjectionExpression: 'elderId',
  });
  return cards.length;
}

const COLUMNS = {
  alertId: '编号 id',
  date: '日期 date',
  time: '时间 time',
  area: '区域 area',
  name: '姓名 name',
  source: '来源 source',
  drill: '演练 drill',
  state: '状态 state',
  outcome: '结果 outcome',
  calledOff: '已取消 called off',
  answerSeconds: '接警(秒) answered after (s)',
  minutesOpen: '处置(分) closed after (min)',
  wave: '轮次 waves',
  presses: '按键 presses',
} as const;

const yes = (is: boolean): string => (is ? '是 yes' : '');

const row = (line: ReportLine): Record<keyof typeof COLUMNS, string> => ({
  alertId: line.alertId,
  date: dateInChina(line.raisedAt),
  time: `${timeInChina(line.raisedAt)}:${line.raisedAt.slice(17, 19)}`,
  area: line.area,
  name: line.name ?? '',
  source: line.source,
  drill: yes(line.drill),
  state: line.state,
  outcome: line.outcome ?? '',
  calledOff: yes(line.calledOffAt !== undefined),
  answerSeconds: answerSeconds(line)?.toFixed(1) ?? '',
  minutesOpen:
    line.closedAt === undefined ? '' : ((Date.parse(line.closedAt) - Date.parse(line.raisedAt)) / 60_000).toFixed(1),
  wave: String(line.wave),
  presses: String(line.presses),
});

/** The alerts of a month as CSV, one line for each and drills marked, UTF-8 with a byte order mark for spreadsheets. */
export async function alertReportCsv(deps: AnswerDeps, { area, month }: Asked): Promise<string> {
  const lines = (await linesOf(deps, area, month)).filter(({ canary }) => !canary);
  return stringify(lines.map(row), { header: true, bom: true, columns: COLUMNS, cast: { string: harmless } });
}

import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertReport, alertReportCsv } from '../../../../functions/alerts/answer/report.ts';
import { acknowledgeAlert } from '../../../../functions/alerts/answer/steps.ts';
import {
  cardKey,
  cityOf,
  deviceIndex,
  deviceKey,
  drillPlace,
  drillsOfCity,
} from '../../../../functions/alerts/keys.ts';
import type { AlertRecord } from '../../../../functions/alerts/records.ts';
import { AlertReport } from '../../../../shared/contracts/alert-report.ts';
import { COMMUNITY, done, GRID, id, NOW } from '../../../support/a-town.ts';
import { type AnsweringDesk, anAnsweringDesk, newId, plus, who } from '../../../support/answering-desk.ts';

const DISTRICT = COMMUNITY.slice(0, 6);
const CITY = COMMUNITY.slice(0, 4);
const NEXT_DISTRICT = '620103001001001';

let desk: AnsweringDesk;
/** An alert that was answered after some seconds, or never. */
const raised = (seconds: number | undefined, over: Partial<AlertRecord> = {}) =>
  desk.raise({
    ...(seconds === undefined
      ? {}
      : {
          state: 'resolved',
          answeredAt: plus(seconds),
          closedAt: plus(seconds + 600),
          waitingSince: undefined,
          dueAt: undefined,
          owner: { role: 'dispatcher', name: '李调度' },
          outcome: 'helped-at-home',
        }),
    ...over,
  });
const reportOf = async (area: string, over: { month?: string; now?: string } = {}) =>
  AlertReport.parse(
    JSON.parse(
      JSON.stringify(await alertReport(desk, { area, month: '2026-12', now: '2026-12-20T00:00:00.000Z', ...over })),
    ),
  );

beforeAll(async () => {
  desk = await anAnsweringDesk();
  await raised(20);
  await raised(45, { source: 'app', state: 'false-alarm', outcome: undefined });
  await raised(100, { name: '=cmd|x' });
  await raised(400, { area: NEXT_DISTRICT });
  await raised(undefined);
  await raised(undefined, { area: '', name: undefined, elderId: undefined });
  await raised(10, { drill: true });
  await raised(undefined, { drill: true });
  await raised(1, { canary: true, source: 'canary' });
  // The last moment of November in China, and the first of December.
  await raised(30, { raisedAt: '2026-11-30T15:59:59.999Z', answeredAt: '2026-11-30T16:00:10.000Z' });
  await raised(30, { raisedAt: '2026-11-30T16:00:00.000Z', answeredAt: '2026-11-30T16:00:30.000Z' });
  for (const [n, over] of [{}, { silentSince: NOW }, { silentSince: NOW, revokedAt: NOW }].entries())
    await desk.put({ ...deviceKey(id(n)), ...deviceIndex(GRID, id(n)), deviceId: id(n), area: GRID, ...over });
  for (const [elderId, area, dueAt] of [
    [id(501), GRID, '2026-12-15T02:00:00.000Z'],
    [id(502), GRID, '2026-12-28T02:00:00.000Z'],
    [id(503), NEXT_DISTRICT, '2026-12-15T02:00:00.000Z'],
  ] as const)
    await desk.put({
      ...cardKey(elderId),
      gsi1pk: drillsOfCity(cityOf(area)),
      gsi1sk: drillPlace(dueAt, elderId),
      elderId,
      area,
    });
});
afterAll(() => desk.dynamo.stop());

describe('the report of a month', () => {
  it('says how many were answered in time, against what is aimed for', async () => {
    const report = await reportOf(DISTRICT);
    expect(report.targets).toEqual({ within60: 0.975, within180: 0.99 });
    expect(report.total).toEqual({
      alerts: 5,
      answered: 4,
      within60: 3,
      within180: 4,
      falseAlarms: 1,
      shareWithin60: 0.6,
      shareWithin180: 0.8,
    });
  });

  it('goes by China’s months, and shows the five before', async () => {
    const { byMonth } = await reportOf(DISTRICT);
    expect(byMonth.map(({ month, figures }) => [month, figures.alerts])).toEqual([
      ['2026-07', 0],
      ['2026-08', 0],
      ['2026-09', 0],
      ['2026-10', 0],
      ['2026-11', 1],
      ['2026-12', 5],
    ]);
  });

  it('of a city has its districts, and those alerts of which no place is known', async () => {
    const report = await reportOf(CITY);
    expect(report.byArea.map(({ area, figures }) => [area, figures.alerts])).toEqual([
      ['620102', 5],
      ['620103', 1],
    ]);
    expect(report.total.alerts).toBe(7);
    expect((await reportOf(DISTRICT)).slow.map(({ area }) => area)).not.toContain('');
    expect(report.slow.map(({ area }) => area)).toContain('');
  });

  it('goes by what raised them', async () => {
    const { bySource } = await reportOf(DISTRICT);
    expect(bySource.map(({ source, figures }) => [source, figures.alerts])).toEqual([
      ['app', 1],
      ['key', 4],
    ]);
  });

  it('lists each slower one with what happened, those never answered first', async () => {
    const { slow } = await reportOf(CITY);
    expect(slow.map(({ answerSeconds }) => answerSeconds)).toEqual([undefined, undefined, 400, 100]);
    for (const { timeline } of slow) expect(timeline[0]).toMatchObject({ kind: 'raised' });
  });

  it('counts drills apart: done, answered, and due', async () => {
    // Late are the elder whom every desk here knows, and the first of the two in this district.
    expect((await reportOf(DISTRICT)).drills).toEqual({ done: 2, answered: 1, due: 4 });
    expect((await reportOf(DISTRICT, { now: '2026-12-10T00:00:00.000Z' })).drills.due).toBe(3);
  });

  it('counts the devices that are there, and the silent ones', async () => {
    expect((await reportOf(COMMUNITY)).devices).toEqual({ registered: 2, silent: 1 });
    expect((await reportOf('620103')).devices).toEqual({ registered: 0, silent: 0 });
  });

  it('reads the alerts of a month that has settled once, and those of the last one each time', async () => {
    const area = '620102008001001';
    const raiseIn = (raisedAt: string) => desk.raise({ area, raisedAt, answeredAt: raisedAt });
    await raiseIn('2026-10-05T00:00:00.000Z');
    await raiseIn('2026-11-05T00:00:00.000Z');
    const alertsOf = async () =>
      (await reportOf(area, { now: '2026-12-07T15:59:59.000Z' })).byMonth.map(({ figures }) => figures.alerts);
    expect(await alertsOf()).toEqual([0, 0, 0, 1, 1, 0]);
    await raiseIn('2026-10-06T00:00:00.000Z');
    await raiseIn('2026-11-06T00:00:00.000Z');
    expect(await alertsOf()).toEqual([0, 0, 0, 1, 2, 0]);
  });

  it('changes when an alert is answered at last', async () => {
    const area = '620102009001001';
    const { alertId } = await desk.raise({ area });
    expect((await reportOf(area)).total).toMatchObject({ alerts: 1, answered: 0 });
    done(await acknowledgeAlert(desk, who('dispatcher'), { alertId, stepId: newId(), now: plus(50) }));
    expect((await reportOf(area)).total).toMatchObject({ alerts: 1, answered: 1, within60: 1 });
  });
});

describe('the report as a table', () => {
  it('has a line for each alert, drills marked and tests left out, and runs no formula', async () => {
    const csv = await alertReportCsv(desk, { area: DISTRICT, month: '2026-12', now: NOW });
    expect(csv.startsWith('\ufeff')).toBe(true);
    const rows = parse(csv, { bom: true, columns: true }) as Record<string, string>[];
    const known = rows.filter((row) => row['区域 area'] === GRID);
    expect(known).toHaveLength(7);
    expect(known.filter((row) => row['演练 drill'] !== '')).toHaveLength(2);
    expect(known.map((row) => row['姓名 name'])).toContain("'=cmd|x");
    expect(known.find((row) => row['姓名 name'] === "'=cmd|x")).toMatchObject({
      '日期 date': '2026-12-01',
      '时间 time': '08:00:00',
      '接警(秒) answered after (s)': '100.0',
      '处置(分) closed after (min)': '11.7',
      '结果 outcome': 'helped-at-home',
    });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answerSeconds,
  figuresByArea,
  figuresBySource,
  figuresOf,
  isReal,
  monthsUntil,
  type ReportLine,
  slowest,
} from '../../../functions/alerts/answer/report-figures.ts';
import { ALERT_SOURCES } from '../../../shared/contracts/alerts.ts';
import { GRID, id, NOW } from '../../support/a-town.ts';
import { plus } from '../../support/answering-desk.ts';

/** An alert that was answered after some seconds, or never. */
const line = (seconds: number | undefined, over: Partial<ReportLine> = {}): ReportLine => ({
  alertId: id(1),
  area: GRID,
  source: 'key',
  state: seconds === undefined ? 'calling' : 'resolved',
  raisedAt: NOW,
  answeredAt: seconds === undefined ? undefined : plus(seconds),
  wave: 1,
  presses: 1,
  drill: false,
  canary: false,
  ...over,
});

describe('the figures of alerts', () => {
  it('count 60 and 180 seconds to the second, and those never answered as late', () => {
    const lines = [line(1), line(60), line(60.001), line(180), line(181), line(undefined)];
    expect(figuresOf(lines)).toEqual({
      alerts: 6,
      answered: 5,
      within60: 2,
      within180: 4,
      falseAlarms: 0,
      shareWithin60: 2 / 6,
      shareWithin180: 4 / 6,
    });
  });

  it('have no shares where there was no alert', () => {
    expect(figuresOf([])).toEqual({ alerts: 0, answered: 0, within60: 0, within180: 0, falseAlarms: 0 });
  });

  it('count false alarms, which are answered like any other', () => {
    expect(figuresOf([line(30, { state: 'false-alarm' })])).toMatchObject({ falseAlarms: 1, within60: 1 });
  });

  it('never hold drills or the stage’s tests of itself', () => {
    expect([line(1, { drill: true }), line(1, { canary: true }), line(1)].filter(isReal)).toHaveLength(1);
  });

  it('take an answer before the press, by a clock that is off, for one at once', () => {
    expect(answerSeconds(line(-5))).toBe(0);
  });

  it('by area and by source add up to the whole', () => {
    const anyLine = fc
      .record({
        seconds: fc.option(fc.integer({ min: 0, max: 400 }), { nil: undefined }),
        area: fc.constantFrom('6201', '620102', '620102001', '620102001001', GRID, '620103001001001'),
        source: fc.constantFrom(...ALERT_SOURCES),
      })
      .map(({ seconds, ...over }) => line(seconds, over));
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 60 }), fc.constantFrom('6201', '620102', GRID), (all, area) => {
        const lines = all.filter((each) => each.area.startsWith(area));
        const whole = figuresOf(lines);
        for (const parts of [figuresByArea(area, lines), figuresBySource(lines)])
          for (const count of ['alerts', 'answered', 'within60', 'within180'] as const)
            expect(parts.reduce((sum, { figures }) => sum + figures[count], 0)).toBe(whole[count]);
        expect(slowest(lines)).toHaveLength(whole.alerts - whole.within60);
      }),
    );
  });

  it('by area go one level down', () => {
    const lines = [
      line(1, { area: '620102001001001' }),
      line(1, { area: '620102001002001' }),
      line(1, { area: '620102' }),
    ];
    expect(figuresByArea('620102', lines).map(({ area }) => area)).toEqual(['620102', '620102001']);
    expect(figuresByArea('620102001', lines.slice(0, 2)).map(({ area }) => area)).toEqual([
      '620102001001',
      '620102001002',
    ]);
    expect(figuresByArea(GRID, [line(1)]).map(({ area }) => area)).toEqual([GRID]);
  });
});

describe('the slower ones', () => {
  it('begin with those that nobody answered, then the slowest', () => {
    const lines = [line(59), line(61), line(undefined, { raisedAt: plus(9) }), line(300), line(undefined)];
    expect(slowest(lines).map((each) => answerSeconds(each) ?? each.raisedAt)).toEqual([NOW, plus(9), 300, 61]);
  });
});

describe('the months of a report', () => {
  it('go back over the turn of the year', () => {
    expect(monthsUntil('2026-02', 4)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
    expect(monthsUntil('2026-12', 1)).toEqual(['2026-12']);
  });
});

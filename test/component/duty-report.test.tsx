import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import ReportPage from '../../miniprogram/src/packages/duty/report/index.tsx';
import { monthsBack, percent } from '../../miniprogram/src/packages/duty/report/percent.ts';
import type { AlertReport, AnswerFigures } from '../../shared/contracts/alert-report.ts';
import { ago, alertIdOf, showDuty } from './support/duty-desk.tsx';

const figures = (alerts: number, within60: number, within180: number, change: Partial<AnswerFigures> = {}) => ({
  alerts,
  answered: within180,
  within60,
  within180,
  falseAlarms: 0,
  ...(alerts === 0 ? {} : { shareWithin60: within60 / alerts, shareWithin180: within180 / alerts }),
  ...change,
});

const aReport = (change: Partial<AlertReport> = {}): AlertReport => ({
  area: '130102',
  month: '2026-11',
  targets: { within60: 0.975, within180: 0.99 },
  total: figures(200, 194, 199, { answered: 199, falseAlarms: 30 }),
  byMonth: [
    { month: '2026-11', figures: figures(200, 194, 199) },
    { month: '2026-09', figures: figures(0, 0, 0) },
    { month: '2026-10', figures: figures(100, 98, 100) },
  ],
  byArea: [
    { area: '130102001001', figures: figures(150, 149, 150) },
    { area: '130102001002', figures: figures(50, 45, 49) },
  ],
  bySource: [{ source: 'key', figures: figures(200, 194, 199) }],
  slow: [
    {
      alertId: alertIdOf(1),
      name: '王建国',
      area: '130102001002001',
      source: 'key',
      raisedAt: ago(86_400),
      timeline: [{ stepId: 's1', at: ago(86_400), kind: 'raised', by: { role: 'device' } }],
    },
    {
      alertId: alertIdOf(2),
      name: '李秀兰',
      area: '130102001002001',
      source: 'smoke',
      raisedAt: ago(90_000),
      answerSeconds: 245,
      timeline: [],
    },
  ],
  drills: { done: 96, due: 110, answered: 94 },
  devices: { registered: 312, silent: 7 },
  ...change,
});

const item = (name: string) => within(screen.getByRole('listitem', { name }));

describe('the report', () => {
  it('sets the numbers beside their targets, met or missed in words', async () => {
    await showDuty(ReportPage, { handlers: { alertReport: () => aReport() } });
    expect(item('1 分钟内有人接').getByText('97.0%')).toBeTruthy();
    expect(item('1 分钟内有人接').getByText('200 个里 194 个 · 目标 97.5%')).toBeTruthy();
    expect(item('1 分钟内有人接').getByText('没有达到')).toBeTruthy();
    expect(item('3 分钟内有人接').getByText('99.5%')).toBeTruthy();
    expect(item('3 分钟内有人接').getByText('达到目标')).toBeTruthy();
    expect(item('没人接').getByText('1')).toBeTruthy();
    expect(item('误报（15.0%）').getByText('30')).toBeTruthy();
    expect(screen.getByText('该做 110 次，做了 96 次')).toBeTruthy();
    expect(screen.getByText('登记 312 个，7 个没有信号')).toBeTruthy();
  });

  it('draws the months from old to new, each with its number, also where there was nothing', async () => {
    await showDuty(ReportPage, { handlers: { alertReport: () => aReport() } });
    const chart = within(screen.getByRole('list', { name: '按月：1 分钟内有人接的比例' }));
    expect(chart.getAllByRole('listitem').map((month) => month.getAttribute('aria-label'))).toEqual([
      '2026年9月，–，0 个里 0 个',
      '2026年10月，98.0%，100 个里 98 个',
      '2026年11月，97.0%，200 个里 194 个',
    ]);
  });

  it('lists the slow ones with how long they took, and what happened on demand', async () => {
    const { user } = await showDuty(ReportPage, { handlers: { alertReport: () => aReport() } });
    expect(screen.getByRole('heading', { name: '超过 1 分钟才接的，2 个' })).toBeTruthy();
    expect(item('王建国').getByText(/一直没人接/)).toBeTruthy();
    expect(item('李秀兰').getByText(/4 分 5 秒后有人接/)).toBeTruthy();
    await user.click(item('王建国').getByRole('button', { name: '看经过：王建国' }));
    expect(item('王建国').getByText('求助')).toBeTruthy();
  });

  it('shows the report of a part of the area, and the way back', async () => {
    const { user, api, pass } = await showDuty(ReportPage, {
      handlers: { alertReport: ({ params }) => aReport({ area: params.area ?? '' }) },
    });
    await user.click(screen.getByRole('button', { name: '看社区 130102001002' }));
    await pass(0.1);
    expect(api.asked.at(-1)?.params.area).toBe('130102001002');
    await user.click(screen.getByRole('button', { name: '回到全部' }));
    await pass(0.1);
    expect(screen.getByText('2026年11月 · 区 130102')).toBeTruthy();
  });

  it('says in words that a month had no alerts, and still shows drills and devices', async () => {
    await showDuty(ReportPage, {
      handlers: { alertReport: () => aReport({ total: figures(0, 0, 0), byArea: [], bySource: [], slow: [] }) },
    });
    expect(screen.getByText('这个月没有求助')).toBeTruthy();
    expect(screen.getByText('该做 110 次，做了 96 次')).toBeTruthy();
  });
});

describe('percentages', () => {
  it('are never rounded up to a target that was missed', () => {
    expect(percent(0.97499)).toBe('97.4%');
    expect(percent(0.975)).toBe('97.5%');
    expect(percent(1)).toBe('100.0%');
    expect(percent(0.29)).toBe('29.0%');
    expect(percent(undefined)).toBe('–');
  });
});

describe('the months to choose', () => {
  it('go back over the turn of the year', () => {
    expect(monthsBack('2027-02', 4)).toEqual(['2027-02', '2027-01', '2026-12', '2026-11']);
  });
});

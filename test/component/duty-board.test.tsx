import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import BoardPage from '../../miniprogram/src/packages/duty/board/index.tsx';
import {
  ago,
  ahead,
  alertIdOf,
  anAlert,
  dispatcher,
  gridWorker,
  PHONE,
  showDuty,
  taken,
} from './support/duty-desk.tsx';
import { refused } from './support/fake-api.ts';
import { aBoard } from './support/sample.ts';

const names = (): (string | null)[] =>
  within(screen.getByRole('list', { name: '求助' }))
    .getAllByRole('listitem')
    .map((row) => row.getAttribute('aria-label'));
const row = (name: string) => within(screen.getByRole('list', { name: '求助' })).getByRole('listitem', { name });

describe('the board', () => {
  it('shows who waits before who is answered, real alerts before drills, and first who has waited longest', async () => {
    await showDuty(BoardPage, {
      alerts: [
        taken(anAlert(1, { raisedAt: ago(5) }), gridWorker),
        anAlert(2, { raisedAt: ago(90) }),
        anAlert(3, { raisedAt: ago(8), drill: true }),
        anAlert(4, { raisedAt: ago(20) }),
      ],
    });
    expect(names()).toEqual(['老人2', '老人4', '老人3', '老人1']);
    expect(screen.getByText('4 个求助，3 个没人接')).toBeTruthy();
  });

  it('shows what is not verified apart, below, each with its reason and count; and how many stand behind all of these', async () => {
    const strange = (n: number) =>
      anAlert(n, {
        name: undefined,
        unverified: true,
        doubt: 'not-tied',
        presses: 2000,
        raisedAt: ago(300 - n),
        nextWaveAt: undefined,
      });
    const alerts = [strange(7), strange(8), anAlert(1, { raisedAt: ago(20) })];
    await showDuty(BoardPage, { handlers: { alertBoard: () => ({ ...aBoard(ahead(0), alerts), open: 45 }) } });
    expect(names()).toEqual(['老人1']);
    const apart = screen.getByRole('list', { name: '未核实的呼叫（2）' });
    expect(within(apart).getAllByRole('listitem')).toHaveLength(2);
    expect(within(apart).getAllByText(/按了 2000 次/)).toHaveLength(2);
    expect(within(apart).getAllByText('求助人和老人没有绑定，也不是本辖区的人员')).toHaveLength(2);
    expect(screen.getByText('后面还有 42 个求助，处理完上面的，会接着出现。')).toBeTruthy();
  });

  it('closes what is not verified together, with a sentence, and says what was left', async () => {
    const alerts = [1, 2, 3].map((n) => anAlert(n, { unverified: true, doubt: 'not-tied' }));
    const { api, user, pass } = await showDuty(BoardPage, {
      alerts,
      handlers: {
        closeUnverified: () => ({
          closed: [alertIdOf(1), alertIdOf(2)],
          left: [{ alertId: alertIdOf(3), refused: 'busy' }],
        }),
      },
    });
    await user.click(screen.getByRole('button', { name: '一起按误报关闭' }));
    await user.click(screen.getByRole('button', { name: '关闭这 3 条' }));
    expect(screen.getByText('请写一句怎样确认的')).toBeTruthy();
    expect(api.times('closeUnverified')).toBe(0);
    await user.type(screen.getByLabelText('怎样确认无人求助'), '逐个回电');
    await user.click(screen.getByRole('button', { name: '关闭这 3 条' }));
    await pass(1);
    expect(api.times('closeUnverified')).toBe(1);
    expect(screen.getByText('已关闭 2 条')).toBeTruthy();
    expect(screen.getByText('1 条没有关闭，请逐条查看')).toBeTruthy();
  });

  it('says how long somebody waits, as a number that grows and in words', async () => {
    const { pass } = await showDuty(BoardPage, { alerts: [anAlert(1, { raisedAt: ago(58) })] });
    expect(within(row('老人1')).getByText('0:58')).toBeTruthy();
    expect(within(row('老人1')).getByText('已等 58 秒')).toBeTruthy();
    await pass(22);
    expect(within(row('老人1')).getByText('1:20')).toBeTruthy();
    expect(within(row('老人1')).getByText('已等 1 分 20 秒 · 超过 1 分钟')).toBeTruthy();
    await pass(120);
    expect(within(row('老人1')).getByText('已等 3 分 20 秒 · 超过 3 分钟还没人接')).toBeTruthy();
  });

  it('counts by the server’s clock where this device’s clock is wrong', async () => {
    await showDuty(BoardPage, {
      handlers: { alertBoard: () => aBoard(ahead(3600), [anAlert(1, { waitingSince: ahead(3570) })]) },
    });
    expect(within(row('老人1')).getByText('已等 30 秒')).toBeTruthy();
  });

  it('tells state, drill, called-off and a person who is not known in words, not by colour alone', async () => {
    const { name: _, age: __, phone: ___, ...unknown } = anAlert(2, { deviceId: 'dev-1', contacts: [] });
    await showDuty(BoardPage, {
      alerts: [anAlert(1, { drill: true, calledOffAt: ago(2) }), unknown, taken(anAlert(3), gridWorker)],
    });
    const drill = within(row('老人1'));
    expect(drill.getByText('演练')).toBeTruthy();
    expect(drill.getByText('没人接')).toBeTruthy();
    expect(drill.getByText('本人已取消，请核实')).toBeTruthy();
    expect(row('不知道是谁')).toBeTruthy();
    expect(within(row('老人3')).getByText('已接警')).toBeTruthy();
    expect(within(row('老人3')).getByText('李强（网格员） 10:00:00 接')).toBeTruthy();
  });

  it('shows a new alert within two seconds, without a touch', async () => {
    const { server, pass } = await showDuty(BoardPage);
    expect(screen.getByText('没有人求助')).toBeTruthy();
    server.alerts.push(anAlert(1));
    await pass(2);
    expect(row('老人1')).toBeTruthy();
  });

  it('asks again only when the last question was answered', async () => {
    let answer = (_: unknown): void => undefined;
    const { api, pass } = await showDuty(BoardPage, {
      handlers: { alertBoard: () => new Promise((resolve) => (answer = resolve)) },
    });
    await pass(3);
    expect(api.times('alertBoard')).toBe(1);
    answer(aBoard(ahead(3), []));
    await pass(1);
    expect(api.times('alertBoard')).toBe(2);
  });

  it('does not put an older answer over a newer one', async () => {
    const waiting: ((answer: unknown) => void)[] = [];
    const { pass } = await showDuty(BoardPage, {
      handlers: { alertBoard: () => new Promise((resolve) => waiting.push(resolve)) },
    });
    // The first question hangs until it is given up, and another is asked.
    await pass(6);
    expect(waiting).toHaveLength(2);
    waiting[1]?.(aBoard(ahead(6), [anAlert(2)]));
    await pass(0.1);
    waiting[0]?.(aBoard(ahead(0), [anAlert(1)]));
    await pass(0.1);
    expect(names()).toEqual(['老人2']);
  });

  it('keeps an alert as the server’s yes has told it while the board lags behind', async () => {
    const old = anAlert(1);
    const { user, pass } = await showDuty(BoardPage, {
      alerts: [old],
      handlers: { alertBoard: () => aBoard(ahead(0), [old]) },
    });
    await user.click(within(row('老人1')).getByRole('button', { name: '接警：老人1' }));
    await pass(3);
    expect(within(row('老人1')).getByText('已接警')).toBeTruthy();
  });
});

describe('taking an alert', () => {
  it('needs one tap, and shows nothing as taken before the server has said so', async () => {
    let answer = (_: unknown): void => undefined;
    const alert = anAlert(1);
    const { user, api, pass } = await showDuty(BoardPage, {
      alerts: [alert],
      handlers: { acknowledgeAlert: () => new Promise((resolve) => (answer = resolve)) },
    });
    await user.click(within(row('老人1')).getByRole('button', { name: '接警：老人1' }));
    expect(within(row('老人1')).getByText('没人接')).toBeTruthy();
    expect(within(row('老人1')).getByText('正在接…')).toBeTruthy();
    answer(taken(alert, dispatcher));
    await pass(0.1);
    expect(within(row('老人1')).getByText('已接警')).toBeTruthy();
    expect(within(row('老人1')).getByText(/您在处理/)).toBeTruthy();
    expect(api.times('acknowledgeAlert')).toBe(1);
  });

  it('works by the keyboard: arrows choose, Enter takes', async () => {
    const { user, api, pass } = await showDuty(BoardPage, {
      alerts: [anAlert(1, { raisedAt: ago(60) }), anAlert(2, { raisedAt: ago(30) })],
    });
    await user.keyboard('{ArrowDown}{Enter}');
    await pass(0.1);
    const asked = api.asked.filter(({ name }) => name === 'acknowledgeAlert').map(({ params }) => params.alertId);
    expect(asked).toEqual([alertIdOf(2)]);
  });

  it('takes on Enter what was chosen, also when another alert has come in above it', async () => {
    const { user, api, server, pass } = await showDuty(BoardPage, { alerts: [anAlert(1, { raisedAt: ago(30) })] });
    server.alerts.push(anAlert(2, { raisedAt: ago(90) }));
    await pass(1);
    expect(names()).toEqual(['老人2', '老人1']);
    await user.keyboard('{Enter}');
    await pass(0.1);
    const asked = api.asked.filter(({ name }) => name === 'acknowledgeAlert').map(({ params }) => params.alertId);
    expect(asked).toEqual([alertIdOf(1)]);
  });

  it('leaves Enter to a field in which somebody writes', async () => {
    const { user, api, pass } = await showDuty(BoardPage, { alerts: [anAlert(1)] });
    await user.type(screen.getByRole('textbox', { name: '记一笔' }), '电话没人接{Enter}');
    await pass(0.1);
    expect(api.times('acknowledgeAlert')).toBe(0);
  });

  it('says who has it where somebody else was faster', async () => {
    const alert = anAlert(1);
    const { user, put, pass } = await showDuty(BoardPage, {
      alerts: [alert],
      handlers: {
        acknowledgeAlert: () => {
          put(taken(alert, gridWorker));
          return refused('alert-owned');
        },
      },
    });
    await user.click(within(row('老人1')).getByRole('button', { name: '接警：老人1' }));
    await pass(0.1);
    expect(within(row('老人1')).getByText('已经有人接了：李强（网格员）')).toBeTruthy();
    expect(within(row('老人1')).queryByRole('button', { name: '接警：老人1' })).toBeNull();
  });

  it('sends the same step again where no answer came, so that it counts once', async () => {
    let isFirst = true;
    const alert = anAlert(1);
    const { user, api, pass } = await showDuty(BoardPage, {
      alerts: [alert],
      handlers: {
        acknowledgeAlert: () => {
          if (!isFirst) return taken(alert, dispatcher);
          isFirst = false;
          return 'no-answer';
        },
      },
    });
    await user.click(within(row('老人1')).getByRole('button', { name: '接警：老人1' }));
    await pass(0.1);
    expect(within(row('老人1')).getByText(/不知道接没接成/)).toBeTruthy();
    await user.click(within(row('老人1')).getByRole('button', { name: '接警：老人1' }));
    await pass(0.1);
    const steps = api.asked.filter(({ name }) => name === 'acknowledgeAlert').map(({ body }) => body.stepId);
    expect(steps).toHaveLength(2);
    expect(steps[0]).toBe(steps[1]);
  });

  it('opens the alert on a page of its own on a phone', async () => {
    const { user, pass, went } = await showDuty(BoardPage, { alerts: [anAlert(1)], width: PHONE });
    await user.click(within(row('老人1')).getByRole('button', { name: '接警：老人1' }));
    await pass(0.1);
    expect(went()).toBe(`navigateTo /packages/duty/alert/index?alertId=${alertIdOf(1)}`);
  });
});

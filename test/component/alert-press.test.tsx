import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import AlertPage from '../../miniprogram/src/packages/family/alert/index.tsx';
import HomePage from '../../miniprogram/src/pages/home/index.tsx';
import { sos } from '../../miniprogram/src/services/api.ts';
import { expireSession, keepSession } from '../../miniprogram/src/services/session.ts';
import type { Person } from '../../shared/contracts/people.ts';
import { ALERT_ID, aDelivery, aDetail, anAlert, later } from './support/alerts.ts';
import { refused } from './support/fake-api.ts';
import { main, pass, withMovingClock } from './support/moving-clock.ts';
import { anElder, aSession, daughter, ELDER_ID, NOW } from './support/sample.ts';
import { showPage } from './support/show-page.tsx';
import { smallTown } from './support/small-town.ts';
import { stage } from './support/taro.ts';

const elderHimself: Person = { personId: daughter.personId, name: '王建国', role: 'elder', elderId: ELDER_ID };
const gridWorker = { personId: '77777777-7777-4777-8777-777777777777', name: '李强', role: 'grid-worker' } as const;

withMovingClock();

describe('the calm page of a press', () => {
  /** Presses on a phone, and opens the page. */
  async function pressed(town: ReturnType<typeof smallTown>, given: { signedIn?: boolean } = {}) {
    stage.api = town.api;
    keepSession(aSession());
    const press = sos.raise({ elderId: ELDER_ID, name: '王建国' });
    const alertId = press?.alertId ?? '';
    if (given.signedIn === false) expireSession();
    const shown = showPage(AlertPage, { town, signedIn: false, params: { alertId } });
    await pass(0);
    return { ...shown, alertId };
  }
  const yes = ({ params }: { params: Record<string, string> }) => ({
    alertId: params.alertId,
    receivedAt: NOW,
    stored: true,
    published: true,
  });

  it('says without a connection that it keeps trying, then that it was received, then who was told', async () => {
    const town = smallTown();
    town.api.handlers.raiseAlert = yes;
    town.api.connect(false);
    const { alertId } = await pressed(town);
    await pass(5000);
    expect(screen.getByRole('alert').textContent).toContain('还没有传出去，一直在试');
    expect(screen.getByRole('alert').textContent).toContain('已试 3 次');
    expect(screen.getByRole('button', { name: '打 120 急救' })).toBeTruthy();
    town.api.connect(true);
    await pass(3000);
    expect(main()).toContain('求助已收到');
    town.state.alerts.details = [aDetail({ alert: anAlert({ alertId }), deliveries: [aDelivery()] })];
    await pass(2000);
    expect(main()).toContain('王小梅（家里人）');
    expect(new Set(town.api.asked.filter((one) => one.name === 'raiseAlert').map((one) => one.params.alertId))).toEqual(
      new Set([alertId]),
    );
  });

  it('does not ask for sign-in before it was received, nor lead away from the page', async () => {
    const town = smallTown();
    town.api.handlers.raiseAlert = yes;
    const { went } = await pressed(town, { signedIn: false });
    expect(main()).toContain('求助已收到');
    expect(main()).toContain('登录后，能在这里看到谁会来');
    expect(town.api.times('getAlert')).toBe(0);
    await pass(10_000);
    expect(went()).toBeUndefined();
  });

  it('stays where it is when the session turns out to have ended', async () => {
    const town = smallTown();
    town.api.handlers.raiseAlert = yes;
    town.api.handlers.getAlert = () => refused('session-expired');
    town.api.handlers.signIn = () => refused('session-expired');
    const { went } = await pressed(town);
    await pass(4000);
    expect(main()).toContain('求助已收到');
    expect(main()).toContain('登录后，能在这里看到谁会来');
    expect(went()).toBeUndefined();
  });

  it('tells somebody who may not see the alert that it was received', async () => {
    const town = smallTown();
    town.api.handlers.raiseAlert = yes;
    town.api.handlers.getAlert = () => refused('forbidden');
    await pressed(town);
    expect(main()).toContain('求助已收到。谁会来，由值守台掌握');
  });

  it('says what stopping means, once it was stopped', async () => {
    const town = smallTown();
    town.api.connect(false);
    await pressed(town);
    await pass(3000);
    fireEvent.click(screen.getByRole('button', { name: '不求助了，不再试' }));
    fireEvent.click(screen.getByRole('button', { name: '是，不求助了' }));
    expect(main()).toContain('手机不再发送。万一已经传到');
    expect(screen.queryByText('没有找到这次求助。')).toBeNull();
  });

  it('is over on every page once the alert is closed', async () => {
    const town = smallTown();
    town.api.handlers.raiseAlert = yes;
    const { alertId } = await pressed(town);
    expect(sos.presses.get()).toHaveLength(1);
    town.state.alerts.details = [
      aDetail({ alert: anAlert({ alertId, state: 'false-alarm', closedAt: later(60), waitingSince: undefined }) }),
    ];
    await pass(2000);
    expect(screen.getByRole('heading', { name: '确认没有事' })).toBeTruthy();
    expect(sos.presses.get()).toEqual([]);
  });
});

describe('the first page of the family', () => {
  it('says in red within five seconds that an elder calls for help, and opens it with one tap', async () => {
    const town = smallTown();
    const { went } = showPage(HomePage, { town });
    await pass(0);
    expect(screen.queryByText('王建国在求助')).toBeNull();
    town.state.alerts.details = [aDetail()];
    await pass(5000);
    const banner = screen.getByRole('region', { name: '王建国在求助' });
    expect(banner.textContent).toMatch(/已经 \d+ 秒，还没有人接。/);
    fireEvent.click(within(banner).getByRole('button', { name: '马上看' }));
    expect(went()).toBe(`navigateTo /packages/family/alert/index?alertId=${ALERT_ID}`);
  });

  it('says who is dealing with it, and afterwards quietly that it is over', async () => {
    const town = smallTown();
    town.state.alerts.details = [aDetail({ alert: anAlert({ state: 'acknowledged', owner: gridWorker }) })];
    showPage(HomePage, { town });
    await pass(0);
    expect(screen.getByRole('region', { name: '王建国在求助' }).textContent).toContain('李强（网格员）在处理');
    town.state.alerts.details = [aDetail({ alert: anAlert({ state: 'resolved', closedAt: later(300) }) })];
    await pass(5000);
    expect(screen.queryByRole('region', { name: '王建国在求助' })).toBeNull();
    expect(main()).toContain('王建国10:00求助过，已经处理好');
  });

  it('says quietly that it was called off', async () => {
    const town = smallTown();
    town.state.alerts.details = [aDetail({ alert: anAlert({ calledOffAt: later(6) }) })];
    showPage(HomePage, { town });
    await pass(0);
    expect(main()).toContain('王建国求助后又取消了');
    expect(screen.queryByRole('region', { name: '王建国在求助' })).toBeNull();
  });

  it('is called one’s own on the page of the elder', async () => {
    const town = smallTown({ person: elderHimself });
    town.state.alerts.details = [aDetail()];
    keepSession(aSession('token-1', elderHimself));
    showPage(HomePage, { town, signedIn: false });
    await pass(0);
    expect(screen.getByRole('region', { name: '您的求助' })).toBeTruthy();
  });

  it('forgets the press of this phone once nothing is open any more', async () => {
    const town = smallTown();
    town.api.handlers.raiseAlert = ({ params }) => ({
      alertId: params.alertId,
      receivedAt: NOW,
      stored: true,
      published: true,
    });
    showPage(HomePage, { town });
    await pass(0);
    sos.raise({ elderId: ELDER_ID, name: '王建国' });
    town.state.alerts.details = [aDetail()];
    await pass(70_000);
    expect(screen.getByRole('button', { name: /求助已收到/ })).toBeTruthy();
    town.state.alerts.details = [aDetail({ alert: anAlert({ state: 'resolved', closedAt: later(65) }) })];
    await pass(5000);
    expect(screen.queryByRole('button', { name: /求助已收到/ })).toBeNull();
  });

  it('keeps the meals in sight when alerts cannot be asked for', async () => {
    const town = smallTown({ elders: [anElder()] });
    town.api.handlers.listElderAlerts = () => 'no-answer';
    town.api.handlers.myInbox = () => 'no-answer';
    showPage(HomePage, { town });
    await pass(6000);
    expect(screen.getByRole('heading', { name: '王建国' })).toBeTruthy();
    expect(screen.queryByText('现在没有网络')).toBeNull();
    expect(town.api.times('listMyElders')).toBe(1);
  });
});

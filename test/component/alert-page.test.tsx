import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import AlertPage from '../../miniprogram/src/packages/family/alert/index.tsx';
import { clock } from '../../miniprogram/src/services/clock.ts';
import { keepSession } from '../../miniprogram/src/services/session.ts';
import { changeSettings } from '../../miniprogram/src/services/settings.ts';
import type { AlertDetail } from '../../shared/contracts/alerts.ts';
import type { Person } from '../../shared/contracts/people.ts';
import { ALERT_ID, aDelivery, aDetail, anAlert, aStep, later } from './support/alerts.ts';
import { refused } from './support/fake-api.ts';
import { main, pass, withMovingClock } from './support/moving-clock.ts';
import { aSession, daughter, ELDER_ID } from './support/sample.ts';
import { showPage } from './support/show-page.tsx';
import { smallTown } from './support/small-town.ts';
import { stage } from './support/taro.ts';

const elderHimself: Person = { personId: daughter.personId, name: '王建国', role: 'elder', elderId: ELDER_ID };
const gridWorker = { personId: '77777777-7777-4777-8777-777777777777', name: '李强', role: 'grid-worker' } as const;

interface Given {
  readonly detail?: AlertDetail;
  readonly person?: Person;
}

/** Opens the page of an alert that the server knows. */
async function atAlert({ detail = aDetail(), person = daughter }: Given = {}) {
  const town = smallTown({ person });
  town.state.alerts.details = [detail];
  stage.api = town.api;
  keepSession(aSession('token-1', person));
  const shown = showPage(AlertPage, { town, signedIn: false, params: { alertId: ALERT_ID } });
  await pass(0);
  const set = (next: AlertDetail) => {
    town.state.alerts.details = [next];
  };
  return { ...shown, set };
}

withMovingClock();

describe('the calm page', () => {
  it('says how long nobody has answered, in words that grow, and when more people are called', async () => {
    await atAlert({ detail: aDetail({ alert: anAlert({ nextWaveAt: later(30) }) }) });
    expect(screen.getByRole('heading', { level: 2, name: '正在叫人' })).toBeTruthy();
    await pass(12_000);
    expect(main()).toContain('已经等了 12 秒');
    expect(main()).toContain('没人接，再过 18 秒叫更多的人');
    await pass(70_000);
    expect(main()).toContain('已经等了 1 分 22 秒');
  });

  it('counts by the server’s clock, however wrong the phone’s is', async () => {
    const at = later(5);
    const wrong = clock.now;
    clock.now = () => wrong() + 3 * 60 * 60 * 1000;
    await atAlert({ detail: aDetail({ at }) });
    expect(main()).toContain('已经等了 5 秒');
  });

  it('lists who was told, each once with every way, and who could not be reached', async () => {
    await atAlert({
      detail: aDetail({
        deliveries: [
          aDelivery(),
          aDelivery({ channel: 'voice', state: 'sending' }),
          aDelivery({ notice: 'wave-2', channel: 'sms', at: later(40) }),
          aDelivery({ channel: 'inbox', to: 'd1', name: '赵敏', callee: 'dispatchers', at: later(1) }),
          aDelivery({ channel: 'voice', to: 'c1', name: '刘婶', callee: 'neighbours', state: 'failed', at: later(50) }),
          aDelivery({ notice: 'answered-2', to: 'x', name: '不该出现' }),
          aDelivery({ channel: 'canary', to: 'canary', name: '自检', callee: 'dispatchers' }),
        ],
      }),
    });
    const people = within(screen.getByRole('list', { name: '通知了谁' })).getAllByRole('listitem');
    expect(people.map((one) => one.textContent)).toEqual([
      '赵敏（值守台）10:00已通知：手机消息',
      '王小梅（家里人）10:00已通知：短信正在通知：电话',
      '刘婶（邻居）10:00没有通知到：电话',
    ]);
  });

  it('follows what happens within two seconds: answered, at the door, over', async () => {
    const { set } = await atAlert();
    set(
      aDetail({
        alert: anAlert({ state: 'acknowledged', owner: gridWorker, answeredAt: later(25), waitingSince: undefined }),
      }),
    );
    await pass(2000);
    expect(screen.getByRole('heading', { name: '李强（网格员）知道了，正在处理' })).toBeTruthy();
    expect(main()).toContain('按下后 25 秒有人接');
    set(aDetail({ alert: anAlert({ state: 'arrived', owner: gridWorker, waitingSince: undefined }) }));
    await pass(2000);
    expect(screen.getByRole('heading', { name: '李强（网格员）到了' })).toBeTruthy();
    set(
      aDetail({
        alert: anAlert({ state: 'resolved', owner: gridWorker, closedAt: later(600), outcome: 'helped-at-home' }),
      }),
    );
    await pass(2000);
    expect(screen.getByRole('heading', { name: '已经处理好了' })).toBeTruthy();
    expect(main()).toContain('在家里处理好了');
    expect(screen.queryByRole('button', { name: '我到了' })).toBeNull();
  });

  it('says that the connection is lost and since when, keeps what is known, and comes back by itself', async () => {
    const { town } = await atAlert();
    town.api.connect(false);
    await pass(10_000);
    expect(screen.getByRole('alert').textContent).toMatch(/现在连不上.*这是 (8|9|10) 秒前的情况。求助没有丢/);
    expect(screen.getByRole('heading', { name: '正在叫人' })).toBeTruthy();
    expect(screen.getByRole('button', { name: '打 120 急救' })).toBeTruthy();
    town.api.connect(true);
    await pass(2000);
    expect(screen.queryByText('现在连不上')).toBeNull();
  });

  it('marks a drill', async () => {
    await atAlert({ detail: aDetail({ alert: anAlert({ drill: true }) }) });
    expect(main()).toContain('这是演练，不是真的出事。');
  });

  it('tells the story with times and people', async () => {
    await atAlert({
      detail: aDetail({
        timeline: [
          aStep(),
          aStep({ at: later(1), kind: 'wave', wave: 1, by: { role: 'system' } }),
          aStep({ at: later(90), kind: 'acknowledged', by: gridWorker }),
          aStep({ at: later(120), kind: 'note', by: gridWorker, note: '电话通了' }),
          aStep({ at: later(200), kind: 'handed-over', by: gridWorker, to: { name: '赵敏', role: 'dispatcher' } }),
        ],
      }),
    });
    for (const words of ['第 1 轮叫人', '李强（网格员）接了', '李强（网格员）说：电话通了', '交给赵敏（值守坐席）']) {
      expect(main()).toContain(words);
    }
  });

  it('offers whom to phone: the elder, the contacts of the alert, 120', async () => {
    await atAlert({
      detail: aDetail({
        alert: anAlert({ contacts: [{ name: '刘婶', callee: 'neighbours', relation: '楼下', phone: '13900000009' }] }),
      }),
    });
    const phones = screen.getAllByRole('button', { name: /^打/ }).map((one) => one.textContent);
    expect(phones).toEqual(['打电话给王建国', '打电话给刘婶（邻居）', '打 120 急救']);
  });

  it('is complete in English', async () => {
    changeSettings({ language: 'en' });
    await atAlert({ detail: aDetail({ deliveries: [aDelivery({ name: 'Mei' })] }) });
    expect(screen.getByRole('heading', { name: 'Help is being called' })).toBeTruthy();
    expect(main()).toContain('Mei (family)');
  });
});

describe('calling off', () => {
  const canBe = aDetail({ alert: anAlert({ callOffUntil: later(10) }) });

  it('counts the seconds, takes one tap, and says that the desk will phone', async () => {
    const { town } = await atAlert({ detail: canBe, person: elderHimself });
    await pass(3000);
    expect(main()).toContain('取消后，值守台还是会打电话来问一声。');
    fireEvent.click(screen.getByRole('button', { name: '没事，取消求助（还有 7 秒）' }));
    await pass(0);
    expect(town.api.times('callOff')).toBe(1);
    expect(screen.getByRole('heading', { name: '已取消，值守台会打电话来问一声' })).toBeTruthy();
  });

  it('is not offered any more when the seconds are over', async () => {
    await atAlert({ detail: canBe, person: elderHimself });
    await pass(11_000);
    expect(screen.queryByRole('button', { name: /取消求助/ })).toBeNull();
  });

  it('says so when it came too late, and the call for help goes on', async () => {
    const { town } = await atAlert({ detail: canBe, person: elderHimself });
    town.api.handlers.callOff = () => refused('too-late-to-call-off');
    fireEvent.click(screen.getByRole('button', { name: /取消求助/ }));
    await pass(0);
    expect(screen.getByRole('alert').textContent).toContain('已经有人在处理了，请和值守人员说明情况。');
    expect(screen.getByRole('heading', { name: '正在叫人' })).toBeTruthy();
  });
});

describe('answering as family', () => {
  it('says that one goes, then that one is there, and a line for everybody', async () => {
    const { town } = await atAlert();
    fireEvent.click(screen.getByRole('button', { name: '我去看看' }));
    await pass(0);
    expect(main()).toContain('大家知道您在处理');
    expect(screen.queryByRole('button', { name: '我去看看' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: '发出' }));
    expect(screen.getByRole('alert').textContent).toContain('请先写一句');
    fireEvent.change(screen.getByLabelText('写一句给大家看'), { target: { value: ' 电话通了 ' } });
    fireEvent.click(screen.getByRole('button', { name: '发出' }));
    await pass(0);
    fireEvent.click(screen.getByRole('button', { name: '我到了' }));
    await pass(0);
    expect(screen.getByRole('heading', { name: '王小梅（家属）到了' })).toBeTruthy();
    expect(town.api.asked.find((one) => one.name === 'noteOnAlert')?.body.note).toBe('电话通了');
  });

  it('says who has it already when somebody was faster', async () => {
    const { town, set } = await atAlert();
    town.api.handlers.acknowledgeAlert = () => refused('alert-owned');
    set(aDetail({ alert: anAlert({ state: 'acknowledged', owner: gridWorker, answeredAt: later(3) }) }));
    fireEvent.click(screen.getByRole('button', { name: '我去看看' }));
    await pass(0);
    expect(screen.getByRole('alert').textContent).toContain('已经有人接了这次求助');
    expect(main()).toContain('已经是李强（网格员）在处理');
  });

  it('sends the same step again after a lost answer', async () => {
    const { town } = await atAlert();
    const { acknowledgeAlert } = town.api.handlers;
    town.api.handlers.acknowledgeAlert = () => 'no-answer';
    fireEvent.click(screen.getByRole('button', { name: '我去看看' }));
    await pass(0);
    expect(screen.getByRole('alert').textContent).toContain('没有记上');
    if (acknowledgeAlert) town.api.handlers.acknowledgeAlert = acknowledgeAlert;
    fireEvent.click(screen.getByRole('button', { name: '我去看看' }));
    await pass(0);
    const steps = town.api.asked.filter((one) => one.name === 'acknowledgeAlert').map((one) => one.body.stepId);
    expect(steps).toHaveLength(2);
    expect(new Set(steps).size).toBe(1);
  });

  it('is not what an elder is asked for on their own page', async () => {
    await atAlert({ person: elderHimself });
    expect(screen.queryByRole('button', { name: '我去看看' })).toBeNull();
    expect(screen.getByRole('heading', { level: 1, name: '您的求助' })).toBeTruthy();
  });
});

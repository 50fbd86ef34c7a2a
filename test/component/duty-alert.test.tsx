import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import AlertPage from '../../miniprogram/src/packages/duty/alert/index.tsx';
import {
  ago,
  ahead,
  alertIdOf,
  anAlert,
  detailOf,
  dispatcher,
  gridWorker,
  showDuty,
  taken,
} from './support/duty-desk.tsx';
import { type Handlers, refused } from './support/fake-api.ts';

const params = { alertId: alertIdOf(1) };
/** The dispatcher has the alert. */
const mine = taken(anAlert(1), dispatcher);

const shown = (handlers: Handlers = {}, alert = mine) =>
  showDuty(AlertPage, {
    params,
    alerts: [alert],
    handlers: { noteOnAlert: () => ({ ...alert, rev: 9 }), ...handlers },
  });
const section = (title: string): HTMLElement => {
  const parent = screen.getByRole('heading', { name: title }).parentElement;
  if (parent === null) throw new Error(`no section ${title}`);
  return parent;
};

describe('an open alert', () => {
  it('has the numbers to phone in order, the elder first and 120 last', async () => {
    await shown();
    const list = within(screen.getByRole('list', { name: '打给谁' }));
    expect(list.getAllByRole('button').map((button) => button.getAttribute('aria-label'))).toEqual([
      '打电话给老人1 13800001234',
      '打电话给王小梅 13900005678',
      '打电话给刘大姐 13700009999',
      '打电话给急救电话 120',
    ]);
  });

  it('gives the position as text that can be copied, with a link that carries nothing else', async () => {
    const writeText = vi.fn(async () => undefined);
    const { user, pass } = await shown(
      {},
      {
        ...mine,
        position: { longitude: 114.5149, latitude: 38.0428, accuracyMetres: 25.4, coordinates: 'gcj02' },
      },
    );
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    expect(screen.getByText('114.51490,38.04280 · 高德、腾讯地图坐标 · 误差约 25 米')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: '复制位置' }));
    await pass(0.1);
    expect(writeText).toHaveBeenCalledWith(
      '114.51490,38.04280 https://uri.amap.com/marker?position=114.51490,38.04280&coordinate=gaode',
    );
    expect(screen.getByText('已复制，可以粘贴到地图里')).toBeTruthy();
  });

  it('says until when a next step is due, and what happens then', async () => {
    const { pass } = await shown();
    expect(screen.getByText(/^2 分 9 秒内要有下一步/)).toBeTruthy();
    await pass(130);
    expect(screen.getByText('时间到了，马上会重新响铃')).toBeTruthy();
  });

  it('tells what happened, who was told and whether it arrived, and what each press brought', async () => {
    await shown({
      getAlert: () =>
        detailOf(mine, {
          timeline: [
            { stepId: 's1', at: ago(10), kind: 'raised', by: { role: 'device' } },
            { stepId: 's2', at: ago(10), kind: 'wave', by: { role: 'system' }, wave: 2 },
            {
              stepId: 's3',
              at: ago(2),
              kind: 'handed-over',
              by: { name: '赵敏', role: 'dispatcher' },
              to: { name: '李强', role: 'grid-worker' },
            },
          ],
          deliveries: [
            {
              notice: 'wave-1',
              channel: 'voice',
              to: 'p1',
              name: '王小梅',
              callee: 'family',
              phone: '139****5678',
              state: 'failed',
              at: ago(9),
            },
          ],
          evidence: [
            {
              pressId: 'e1',
              at: ago(10),
              source: 'key',
              by: { role: 'device' },
              deviceId: 'key-7',
              pressedAt: ahead(3590),
              unreadable: '<script>alert(1)</script>{"lat":"??"}',
            },
          ],
        }),
    });
    const timeline = within(screen.getByRole('list', { name: '经过' }));
    expect(timeline.getByText('通知第 2 轮的人')).toBeTruthy();
    expect(timeline.getByText(/赵敏（值守坐席） 给 李强（网格员）/)).toBeTruthy();
    const deliveries = within(screen.getByRole('table', { name: '通知了谁' }));
    expect(deliveries.getByText('没送到')).toBeTruthy();
    expect(deliveries.getByText('139****5678')).toBeTruthy();
    const evidence = within(screen.getByRole('list', { name: '每次按键的凭据' }));
    expect(evidence.getByText(/设备 key-7 · 设备的钟快了 1 小时 0 分/)).toBeTruthy();
    expect(evidence.getByText('<script>alert(1)</script>{"lat":"??"}')).toBeTruthy();
  });
});

describe('the steps', () => {
  it('write a note with one press, and say so', async () => {
    const { user, api, pass } = await shown();
    await user.click(screen.getByRole('button', { name: '已打电话，没人接' }));
    await pass(0.1);
    expect(api.asked.find(({ name }) => name === 'noteOnAlert')?.body.note).toBe('已打电话，没人接');
    expect(screen.getByText('已记下：已打电话，没人接')).toBeTruthy();
  });

  it('send the same step again where no answer came, and another one for other words', async () => {
    const { user, api, pass } = await shown({ noteOnAlert: () => 'no-answer' });
    const press = async (name: string) => {
      await user.click(screen.getByRole('button', { name }));
      await pass(0.1);
    };
    await press('家属在路上');
    expect(screen.getByText(/不知道记没记上/)).toBeTruthy();
    await press('家属在路上');
    await press('已叫 120');
    const steps = api.asked.filter(({ name }) => name === 'noteOnAlert').map(({ body }) => body.stepId);
    expect(new Set(steps).size).toBe(2);
    expect(steps[0]).toBe(steps[1]);
  });

  it('say that somebody is there', async () => {
    const { user, pass } = await shown({ arriveAtAlert: () => ({ ...mine, state: 'arrived', rev: 3 }) });
    await user.click(screen.getByRole('button', { name: '已经到了' }));
    await pass(0.1);
    expect(screen.getByText('已到现场')).toBeTruthy();
    expect(screen.queryByRole('button', { name: '已经到了' })).toBeNull();
  });

  it('hand over to somebody else on duty, with what they should know', async () => {
    const { user, api, pass } = await shown({
      peopleOnDuty: () => ({
        people: [
          { personId: dispatcher.personId, name: '赵敏', role: 'dispatcher', area: '130102' },
          { personId: gridWorker.personId, name: '李强', role: 'grid-worker', area: '130102001001001' },
        ],
      }),
      handOverAlert: () => taken(anAlert(1), gridWorker, { rev: 5 }),
    });
    await user.click(screen.getByRole('button', { name: '转给别人' }));
    await pass(0.1);
    expect(screen.queryByRole('radio', { name: /赵敏/ })).toBeNull();
    await user.click(screen.getByRole('radio', { name: /李强/ }));
    await user.type(screen.getByRole('textbox', { name: /要交代的话/ }), '门没锁');
    await user.click(screen.getByRole('button', { name: '转给李强' }));
    await pass(0.1);
    const asked = api.asked.find(({ name }) => name === 'handOverAlert');
    expect(asked?.body).toMatchObject({ to: gridWorker.personId, note: '门没锁' });
    expect(screen.getByText('已转给李强')).toBeTruthy();
    expect(screen.getAllByText(/李强（网格员）/).length).toBeGreaterThan(0);
    expect(screen.queryByRole('button', { name: '转给别人' })).toBeNull();
  });

  it('end an alert only with an outcome and a sentence', async () => {
    const { user, api, pass } = await shown({
      resolveAlert: () => ({ ...mine, state: 'resolved', outcome: 'hospital', closedAt: ahead(1), rev: 7 }),
    });
    await user.click(screen.getByRole('button', { name: '处理完了' }));
    await user.click(screen.getByRole('button', { name: '结束这次求助' }));
    expect(screen.getByText('请选结果，并写一句话。')).toBeTruthy();
    expect(api.times('resolveAlert')).toBe(0);
    await user.click(screen.getByRole('radio', { name: '送医院' }));
    await user.type(screen.getByRole('textbox', { name: '写清楚' }), '女儿已到，送市一院');
    await user.click(screen.getByRole('button', { name: '结束这次求助' }));
    await pass(0.1);
    expect(api.asked.find(({ name }) => name === 'resolveAlert')?.body).toMatchObject({
      outcome: 'hospital',
      note: '女儿已到，送市一院',
    });
    expect(screen.getByText('已经处理完毕')).toBeTruthy();
    expect(screen.getByText(/送医院/)).toBeTruthy();
    expect(screen.queryByRole('heading', { name: '下一步' })).toBeNull();
  });

  it('end a false alarm with how one knows', async () => {
    const { user, api, pass } = await shown({ falseAlarm: () => ({ ...mine, state: 'false-alarm', rev: 7 }) });
    await user.click(screen.getByRole('button', { name: '是误报' }));
    await user.type(screen.getByRole('textbox', { name: '怎么知道是误报' }), '本人说碰到了按键');
    await user.click(screen.getByRole('button', { name: '按误报结束' }));
    await pass(0.1);
    expect(api.asked.find(({ name }) => name === 'falseAlarm')?.body.note).toBe('本人说碰到了按键');
    expect(screen.getByText('已经处理完毕')).toBeTruthy();
  });

  it('show why the server refused', async () => {
    const { user, pass } = await shown({ noteOnAlert: () => refused('alert-closed') });
    await user.click(screen.getByRole('button', { name: '已叫 120' }));
    await pass(0.1);
    expect(within(section('下一步')).getByText('没有记上')).toBeTruthy();
    expect(within(section('下一步')).getByText('这次求助已经处理完毕。')).toBeTruthy();
  });
});

describe('health notes', () => {
  it('open only with a reason, which is said to be written down and reviewed first', async () => {
    const { user, api, pass } = await shown({
      openHealthNotes: () => ({ notes: { conditions: '冠心病', bloodType: 'unknown' } }),
    });
    expect(screen.getByText(/打开会记下您的名字、时间和原因，区里会逐条复核/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: '要看急救卡' }));
    await user.click(screen.getByRole('button', { name: '记下原因并打开' }));
    expect(screen.getByText('请先写明原因。')).toBeTruthy();
    expect(api.times('openHealthNotes')).toBe(0);
    await user.type(screen.getByRole('textbox', { name: '为什么要看' }), '120 问病史');
    await user.click(screen.getByRole('button', { name: '记下原因并打开' }));
    await pass(0.1);
    expect(api.asked.find(({ name }) => name === 'openHealthNotes')?.body).toEqual({ reason: '120 问病史' });
    expect(screen.getByText('冠心病')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: '收起' }));
    expect(screen.queryByText('冠心病')).toBeNull();
  });

  it('say so where the family has filled in none', async () => {
    const { user, pass } = await shown({ openHealthNotes: () => ({ notes: null }) });
    await user.click(screen.getByRole('button', { name: '要看急救卡' }));
    await user.type(screen.getByRole('textbox', { name: '为什么要看' }), '120 问病史');
    await user.click(screen.getByRole('button', { name: '记下原因并打开' }));
    await pass(0.1);
    expect(screen.getByText('家属没有填急救卡。')).toBeTruthy();
  });
});

import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import DevicesPage from '../../miniprogram/src/packages/duty/devices/index.tsx';
import OpeningsPage from '../../miniprogram/src/packages/duty/openings/index.tsx';
import RaisePage from '../../miniprogram/src/packages/duty/raise/index.tsx';
import TasksPage from '../../miniprogram/src/packages/duty/tasks/index.tsx';
import type { HealthNotesOpening } from '../../shared/contracts/alerts.ts';
import type { CheckTask, Device } from '../../shared/contracts/circle.ts';
import { ago, ahead, alertIdOf, dispatcher, gridWorker, showDuty } from './support/duty-desk.tsx';
import { anElder, ELDER_ID, NOW } from './support/sample.ts';
import { communityStaff, districtStaff, rowOf } from './support/staff-desk.tsx';

const names = (list: string): (string | null)[] =>
  within(screen.getByRole('list', { name: list }))
    .getAllByRole('listitem')
    .map((row) => row.getAttribute('aria-label'));

describe('raising for somebody on the phone', () => {
  const received = { alertId: alertIdOf(1), receivedAt: NOW, stored: true, published: true };
  const elder = anElder();

  it('finds the elder and raises the alert as a call of staff, with what happened', async () => {
    const { user, api, pass } = await showDuty(RaisePage, {
      person: communityStaff,
      handlers: {
        listElders: () => ({ elders: [rowOf(elder)] }),
        getElder: () => elder,
        raiseAlert: () => received,
      },
    });
    await user.type(screen.getByRole('textbox', { name: '找老人' }), '王');
    await pass(0.5);
    await user.click(screen.getByRole('button', { name: /王建国/ }));
    await pass(0.1);
    await user.type(screen.getByRole('textbox', { name: /出了什么事/ }), '在卫生间摔倒');
    await user.click(screen.getByRole('button', { name: '马上求助' }));
    await pass(0.1);
    expect(api.asked.find(({ name }) => name === 'raiseAlert')?.body).toMatchObject({
      elderId: ELDER_ID,
      source: 'staff-call',
      note: '在卫生间摔倒',
    });
    expect(screen.getByText('求助已经发出')).toBeTruthy();
  });

  it('raises it without a name where there is no time, but not without a word of where', async () => {
    const { user, api, pass } = await showDuty(RaisePage, { handlers: { raiseAlert: () => received } });
    await user.click(screen.getByRole('button', { name: '不找了，直接求助' }));
    await user.click(screen.getByRole('button', { name: '马上求助' }));
    expect(screen.getByText('不知道是谁时，请写下在哪里、什么事。')).toBeTruthy();
    expect(api.times('raiseAlert')).toBe(0);
    await user.type(screen.getByRole('textbox', { name: /出了什么事/ }), '东湖路 8 号有人喊救命');
    await user.click(screen.getByRole('button', { name: '马上求助' }));
    await pass(0.1);
    const body = api.asked.find(({ name }) => name === 'raiseAlert')?.body;
    expect(body).toMatchObject({ source: 'staff-call', note: '东湖路 8 号有人喊救命' });
    expect(body.elderId).toBeUndefined();
  });

  it('keeps the call without a connection, says to phone, and sends it by itself when it is back, once', async () => {
    const { user, api, pass } = await showDuty(RaisePage, {
      params: { elderId: ELDER_ID },
      handlers: { getElder: () => elder, raiseAlert: () => received },
    });
    api.connect(false);
    await user.click(screen.getByRole('button', { name: '马上求助' }));
    await pass(0.1);
    expect(screen.getByText('还没有发出去')).toBeTruthy();
    expect(screen.getByText(/请马上打电话：120、家属或社区/)).toBeTruthy();
    api.connect(true);
    await pass(15);
    expect(screen.getByText('求助已经发出')).toBeTruthy();
    expect(api.times('raiseAlert')).toBe(1);
  });

  it('keeps two calls about people who are not known apart', async () => {
    const { user, api, pass } = await showDuty(RaisePage, { handlers: { raiseAlert: () => received } });
    api.connect(false);
    for (const note of ['一楼有人摔倒', '三楼有烟']) {
      await user.click(screen.getByRole('button', { name: '不找了，直接求助' }));
      await user.type(screen.getByRole('textbox', { name: /出了什么事/ }), note);
      await user.click(screen.getByRole('button', { name: '马上求助' }));
      await pass(0.1);
      await user.click(screen.getByRole('button', { name: '换一位老人' }));
    }
    api.connect(true);
    await pass(15);
    const notes = api.asked.filter(({ name }) => name === 'raiseAlert').map(({ body }) => body.note);
    expect(new Set(notes)).toEqual(new Set(['一楼有人摔倒', '三楼有烟']));
  });

  it('starts a drill only after saying whom it reaches', async () => {
    const { user, api, pass } = await showDuty(RaisePage, {
      params: { elderId: ELDER_ID },
      handlers: { getElder: () => elder, startDrill: () => received },
    });
    await user.click(screen.getByRole('button', { name: '做一次演练' }));
    expect(api.times('startDrill')).toBe(0);
    await user.click(screen.getByRole('button', { name: '开始演练' }));
    await pass(0.1);
    expect(screen.getByText('演练已经开始')).toBeTruthy();
  });
});

describe('checks at the door', () => {
  const aTask = (n: number, change: Partial<CheckTask> = {}): CheckTask => ({
    taskId: alertIdOf(n),
    elderId: ELDER_ID,
    name: `老人${n}`,
    address: '和平里 3 号楼',
    phone: '13800001234',
    area: gridWorker.area ?? '',
    why: 'meals-missed',
    openedAt: ago(600),
    dueAt: ahead(1800),
    ...change,
  });

  it('stand with what is due first at the top, and say how late', async () => {
    await showDuty(TasksPage, {
      person: gridWorker,
      handlers: { listCheckTasks: () => ({ at: NOW, tasks: [aTask(1), aTask(2, { dueAt: ago(125) })] }) },
    });
    expect(names('要去看的老人')).toEqual(['老人2', '老人1']);
    expect(screen.getByText('晚了 2 分 5 秒')).toBeTruthy();
    expect(screen.getByText('还有 30 分 0 秒')).toBeTruthy();
  });

  it('end with what was found; “needs help” says that an alert was raised', async () => {
    const { user, api, pass } = await showDuty(TasksPage, {
      person: gridWorker,
      handlers: {
        listCheckTasks: () => ({ at: NOW, tasks: [aTask(1)] }),
        finishCheckTask: ({ body }) => aTask(1, { doneAt: NOW, finding: body.finding, alertId: alertIdOf(9) }),
      },
    });
    await user.click(screen.getByRole('button', { name: '看过了，写结果：老人1' }));
    await user.click(screen.getByRole('button', { name: '记下结果' }));
    expect(screen.getByText('请选一个结果。')).toBeTruthy();
    expect(api.times('finishCheckTask')).toBe(0);
    await user.click(screen.getByRole('radio', { name: /要帮忙/ }));
    await user.click(screen.getByRole('button', { name: '记下结果' }));
    await pass(0.1);
    expect(screen.getByText('老人1：要帮忙，记下了')).toBeTruthy();
    expect(screen.getByText(/已发出求助/)).toBeTruthy();
    expect(screen.getByText('没有要上门看的')).toBeTruthy();
  });
});

describe('devices', () => {
  const aDevice = (n: number, change: Partial<Device> = {}): Device => ({
    deviceId: alertIdOf(n),
    kind: 'key',
    area: '130102001001001',
    place: `${n} 号房`,
    registeredAt: ago(900_000),
    lastHeardAt: ago(60),
    rev: 1,
    ...change,
  });

  it('show those that fell silent first, the longest at the top', async () => {
    const { user, api, pass } = await showDuty(DevicesPage, {
      handlers: {
        listDevices: ({ query }) => {
          const silent = [aDevice(1, { silentSince: ago(60) }), aDevice(2, { silentSince: ago(7200) })];
          return { devices: query.silent ? silent : [aDevice(3), aDevice(4, { revokedAt: ago(5) }), ...silent] };
        },
      },
    });
    expect(api.asked.find(({ name }) => name === 'listDevices')?.query.silent).toBe('true');
    expect(screen.getByText('2 个设备没有信号，请去看')).toBeTruthy();
    expect(screen.getByText('2 小时 0 分没有信号')).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: '全部' }));
    await pass(0.1);
    expect(names('设备')).toEqual([2, 1, 3, 4].map((n) => `一键通按键 · ${n} 号房`));
  });

  it('show the key of a registered device once, and it is gone after that', async () => {
    const elder = anElder();
    const { user, api, pass } = await showDuty(DevicesPage, {
      person: communityStaff,
      handlers: {
        listDevices: () => ({ devices: [] }),
        listElders: () => ({ elders: [rowOf(elder)] }),
        registerDevice: () => ({ device: aDevice(1), token: 'the-token' }),
      },
    });
    await user.click(screen.getByRole('button', { name: '登记设备' }));
    await user.click(screen.getByRole('button', { name: '登记' }));
    expect(screen.getByText('请选一种。')).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: '手环' }));
    await user.type(screen.getByRole('textbox', { name: '找老人' }), '王');
    await pass(0.5);
    await user.click(screen.getByRole('button', { name: /王建国/ }));
    await user.click(screen.getByRole('button', { name: '登记' }));
    await pass(0.1);
    expect(api.asked.find(({ name }) => name === 'registerDevice')?.body).toEqual({
      kind: 'wristband',
      area: elder.area,
      elderId: ELDER_ID,
    });
    expect(screen.getByText('the-token')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: '已写进设备，收起' }));
    await pass(0.1);
    expect(screen.queryByText('the-token')).toBeNull();
  });

  it('are not registered for a place outside one’s area', async () => {
    const { user, api } = await showDuty(DevicesPage, { handlers: { listDevices: () => ({ devices: [] }) } });
    await user.click(screen.getByRole('button', { name: '登记设备' }));
    await user.click(screen.getByRole('radio', { name: '烟感' }));
    await user.click(screen.getByRole('radio', { name: '公共地方的' }));
    await user.type(screen.getByRole('textbox', { name: '区域编号' }), '440100001001');
    await user.click(screen.getByRole('button', { name: '登记' }));
    expect(screen.getByText('请填您负责的区域里的编号。')).toBeTruthy();
    expect(api.times('registerDevice')).toBe(0);
  });

  it('are revoked only after a question', async () => {
    const { user, api, pass } = await showDuty(DevicesPage, {
      handlers: {
        listDevices: () => ({ devices: [aDevice(1, { silentSince: ago(60) })] }),
        revokeDevice: () => aDevice(1, { revokedAt: NOW }),
      },
    });
    await user.click(screen.getByRole('button', { name: '停用：一键通按键 · 1 号房' }));
    expect(api.times('revokeDevice')).toBe(0);
    await user.click(screen.getByRole('button', { name: '停用' }));
    await pass(0.1);
    expect(screen.getByText('已停用')).toBeTruthy();
  });
});

describe('the review of health notes', () => {
  it('takes a finding and a sentence, and shows who reviewed', async () => {
    const opening: HealthNotesOpening = {
      openingId: alertIdOf(5),
      alertId: alertIdOf(1),
      elderId: ELDER_ID,
      elderName: '王建国',
      at: ago(3600),
      by: { name: '赵敏', role: 'dispatcher', personId: dispatcher.personId },
      reason: '120 问病史',
    };
    const { user, api, pass } = await showDuty(OpeningsPage, {
      person: districtStaff,
      handlers: {
        listHealthNotesOpenings: () => ({ openings: [opening] }),
        reviewHealthNotesOpening: ({ body }) => ({
          ...opening,
          review: { at: NOW, by: { name: '陈晓梅', role: 'district-staff' }, ...body },
        }),
      },
    });
    expect(screen.getByText('120 问病史')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: '记下复核' }));
    expect(screen.getByText('请选结果，并写一句话。')).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: '不该看' }));
    await user.type(screen.getByRole('textbox', { name: '复核意见' }), '当时没有危险');
    await user.click(screen.getByRole('button', { name: '记下复核' }));
    await pass(0.1);
    expect(api.asked.find(({ name }) => name === 'reviewHealthNotesOpening')?.body).toEqual({
      finding: 'not-justified',
      note: '当时没有危险',
    });
    expect(screen.getByText(/陈晓梅（区里工作人员）：不该看/)).toBeTruthy();
  });
});

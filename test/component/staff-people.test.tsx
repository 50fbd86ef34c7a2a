import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import CareRecordPage from '../../miniprogram/src/packages/staff/care-record/index.tsx';
import { readDate } from '../../miniprogram/src/packages/staff/dates.ts';
import EditPersonPage from '../../miniprogram/src/packages/staff/edit-person/index.tsx';
import PersonPage from '../../miniprogram/src/packages/staff/person/index.tsx';
import type { ElderView } from '../../shared/contracts/elders.ts';
import { refusalMessage } from '../../shared/contracts/refusal.ts';
import { createFakeApi, refused } from './support/fake-api.ts';
import { anElder, anOrder, ELDER_ID } from './support/sample.ts';
import { showDesk, TODAY } from './support/staff-desk.tsx';
import { stage } from './support/taro.ts';

const viewOf = (body: ElderView & { idNumber?: string }, elderId: string): ElderView => {
  const { idNumber, ...rest } = body;
  return anElder({
    ...rest,
    elderId,
    absence: null,
    diedOn: null,
    rev: body.rev + 1,
    ...(idNumber ? { idNumberTail: idNumber.slice(-4) } : {}),
  });
};

describe('a date that is typed', () => {
  it('is read the ways people write it', () => {
    for (const text of ['1944-03-08', '19440308', '1944.3.8', '1944年3月8日', ' 1944/03/08 ']) {
      expect(readDate(text)).toBe('1944-03-08');
    }
    for (const text of ['', '1944-02-30', '44-3-8', '1944-13-01', '194403081']) expect(readDate(text)).toBeUndefined();
  });
});

describe('registering an elder', () => {
  it('marks each field that is not right, and sends nothing', async () => {
    const { user, api } = showDesk(EditPersonPage);
    await user.click(await screen.findByRole('button', { name: '保存' }));
    for (const words of [
      '请填姓名。',
      '请填出生日期，例如 1948-03-08。',
      '请填 1 到 3 位数字的网格号。',
      '请填住址。',
    ]) {
      expect(screen.getByText(words)).toBeTruthy();
    }
    expect(api.times('putElder')).toBe(0);
    await user.type(screen.getByRole('textbox', { name: '姓名' }), '赵玉梅');
    expect(screen.queryByText('请填姓名。')).toBeNull();
  });

  it('fills birth date and sex in from the id number, and registers in the community’s grid', async () => {
    const { user, api, went } = showDesk(EditPersonPage, {
      handlers: { putElder: ({ params, body }) => viewOf(body, params.elderId ?? '') },
    });
    await user.type(await screen.findByRole('textbox', { name: /身份证号/ }), '11010519491231002x');
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: '出生日期' }).value).toBe('1949-12-31');
    expect(screen.getByRole<HTMLInputElement>('radio', { name: '女' }).checked).toBe(true);
    await user.type(screen.getByRole('textbox', { name: '姓名' }), '赵玉梅');
    await user.type(screen.getByRole('textbox', { name: '网格号' }), '3');
    await user.type(screen.getByRole('textbox', { name: '住址' }), '和平里 5 号楼');
    await user.click(screen.getByRole('checkbox', { name: '花生' }));
    await user.click(screen.getByRole('button', { name: '保存' }));
    const sent = api.asked.find((one) => one.name === 'putElder');
    expect(sent?.body).toMatchObject({
      name: '赵玉梅',
      idNumber: '11010519491231002X',
      birthDate: '1949-12-31',
      area: '130102001001003',
      allergens: ['peanut'],
      rev: 0,
    });
    expect(went()).toBe(`redirectTo /packages/staff/person/index?elderId=${sent?.params.elderId}`);
  });

  it('shows what the API found wrong at the field that it means', async () => {
    const shown = showDesk(EditPersonPage, { params: { elderId: ELDER_ID } });
    const { answer } = shown.api;
    stage.api = {
      ...createFakeApi({}),
      answer: async (method, url, body, token) =>
        method === 'PUT'
          ? {
              status: 400,
              headers: {},
              text: JSON.stringify({
                code: 'invalid-request',
                message: refusalMessage('invalid-request'),
                details: [
                  { path: 'body.birthDate', message: 'An elder is 60 or over.', zh: '未满 60 岁，不能登记为老人。' },
                ],
              }),
            }
          : answer(method, url, body, token),
    };
    await shown.user.click(await screen.findByRole('button', { name: '保存' }));
    expect(await screen.findByText('未满 60 岁，不能登记为老人。')).toBeTruthy();
    expect(screen.getByRole('textbox', { name: '出生日期' }).getAttribute('aria-invalid')).toBe('true');
  });

  it('overwrites nobody’s change: it says that somebody else wrote meanwhile', async () => {
    const { user } = showDesk(EditPersonPage, {
      params: { elderId: ELDER_ID },
      handlers: { putElder: () => refused('rev-stale') },
    });
    await user.click(await screen.findByRole('button', { name: '保存' }));
    expect(await screen.findByText('别人刚改过')).toBeTruthy();
    expect(screen.getByRole('button', { name: '看新的内容（放弃我填的）' })).toBeTruthy();
  });
});

describe('one elder', () => {
  it('has a binding code to hand out, in two parts', async () => {
    const { user } = showDesk(PersonPage, {
      params: { elderId: ELDER_ID },
      handlers: { makeBindingCode: () => ({ code: '12345678', expiresAt: '2026-12-07T02:00:00.000Z' }) },
    });
    await user.click(await screen.findByRole('button', { name: '给家属一个绑定码' }));
    expect(await screen.findByText('1234 5678')).toBeTruthy();
    expect(screen.getByText(/只能用一次，12月7日（周一）前有效/)).toBeTruthy();
  });

  it('is recorded as dead only after a question in words, and that can be taken back with a reason', async () => {
    let elder = anElder();
    const { user, api } = showDesk(PersonPage, {
      params: { elderId: ELDER_ID },
      handlers: {
        getElder: () => elder,
        recordDeath: ({ body }) => {
          elder = anElder({ diedOn: body.diedOn });
          return elder;
        },
      },
    });
    await user.click(await screen.findByRole('button', { name: '登记离世' }));
    await user.click(screen.getByRole('button', { name: '下一步' }));
    expect(await screen.findByRole('group', { name: '确定登记王建国已经离世？' })).toBeTruthy();
    expect(api.times('recordDeath')).toBe(0);
    await user.click(screen.getByRole('button', { name: '是，登记离世' }));
    expect(await screen.findByText('订餐和固定订餐都已停止，资料保留。')).toBeTruthy();
    expect(screen.queryByRole('button', { name: '给王建国订餐' })).toBeNull();
    await user.click(screen.getByRole('button', { name: '登记错了，撤回' }));
    await user.click(screen.getByRole('button', { name: '下一步' }));
    expect(screen.getByText('请写明为什么撤回，例如：同名登记错人。')).toBeTruthy();
    await user.type(screen.getByRole('textbox', { name: '为什么撤回' }), '同名');
    await user.click(screen.getByRole('button', { name: '下一步' }));
    await user.click(screen.getByRole('button', { name: '是，撤回' }));
    expect(await screen.findByRole('button', { name: '给王建国订餐' })).toBeTruthy();
    const sent = api.asked.filter((one) => one.name === 'recordDeath').map((one) => one.body);
    expect(sent).toEqual([{ diedOn: TODAY }, { diedOn: null, reason: '同名' }]);
  });

  it('has a meal cancelled after closing time only with a reason', async () => {
    const order = anOrder({ date: TODAY, closesAt: '2026-11-30T01:30:00.000Z' });
    const { user, api } = showDesk(PersonPage, {
      params: { elderId: ELDER_ID },
      handlers: {
        listElderMealOrders: () => ({ orders: [order] }),
        cancelMealOrder: () => ({ ...order, state: 'cancelled' }),
      },
    });
    await user.click(await screen.findByRole('button', { name: /^取消这一餐/ }));
    await user.click(screen.getByRole('button', { name: '是，取消这一餐' }));
    expect(await screen.findByText('已过截止时间，请写明为什么取消。')).toBeTruthy();
    expect(api.times('cancelMealOrder')).toBe(0);
    await user.type(screen.getByRole('textbox', { name: '为什么取消' }), '住院');
    await user.click(screen.getByRole('button', { name: '是，取消这一餐' }));
    expect(await screen.findByText('已取消')).toBeTruthy();
    expect(api.asked.find((one) => one.name === 'cancelMealOrder')?.body).toEqual({ reason: '住院' });
  });
});

describe('the care record', () => {
  it('opens only with a reason, sends that reason, and leaves nothing on the phone', async () => {
    const { user, api } = showDesk(CareRecordPage, {
      params: { elderId: ELDER_ID },
      handlers: {
        getCareRecord: () => ({
          elderId: ELDER_ID,
          tags: [{ tag: 'disabled', grade: 2, evidence: { kind: '残疾证', number: 'C-7' }, since: '2020-01-01' }],
          ability: null,
        }),
      },
    });
    await screen.findByRole('radio', { name: '评估' });
    expect(screen.queryByRole('button', { name: '打开护理资料' })).toBeNull();
    expect(api.times('getCareRecord')).toBe(0);
    await user.click(screen.getByRole('radio', { name: '评估' }));
    await user.click(screen.getByRole('button', { name: '打开护理资料' }));
    const tag = await screen.findByRole('region', { name: '残疾' });
    expect(within(tag).getByText('残疾证 · C-7')).toBeTruthy();
    expect(api.asked.find((one) => one.name === 'getCareRecord')?.query).toEqual({ reason: 'assessment' });
    expect([...stage.storage.values()].join()).not.toContain('残疾证');
  });

  it('takes no tag without its evidence', async () => {
    const { user, api } = showDesk(CareRecordPage, {
      params: { elderId: ELDER_ID },
      handlers: { getCareRecord: () => ({ elderId: ELDER_ID, tags: [], ability: null }) },
    });
    await user.click(await screen.findByRole('radio', { name: '评估' }));
    await user.click(screen.getByRole('button', { name: '打开护理资料' }));
    await user.click(await screen.findByRole('button', { name: '加一个类别' }));
    await user.click(screen.getByRole('radio', { name: '独居' }));
    await user.click(screen.getByRole('button', { name: '保存' }));
    expect(await screen.findByText('请写明看过什么材料。')).toBeTruthy();
    expect(api.times('putTag')).toBe(0);
  });
});

import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { mealCodeOf } from '../../miniprogram/src/features/meals/meal-code.ts';
import CheckInPage from '../../miniprogram/src/packages/staff/check-in/index.tsx';
import { outbox } from '../../miniprogram/src/services/api.ts';
import type { SittingOrderRow } from '../../shared/contracts/meal-orders.ts';
import { type Handlers, refused } from './support/fake-api.ts';
import { anOrder } from './support/sample.ts';
import { aSittingOrder, canteenStaff, idOf, showDesk, TODAY } from './support/staff-desk.tsx';

const wang = aSittingOrder(1);
const li = aSittingOrder(2, { elderName: '李秀兰', phoneTail: '5678', copay: 0, allergens: [], diets: [] });
const lisName = aSittingOrder(3, { elderName: '李秀', phoneTail: '9999' });

/** A counter whose list is what the fake API remembers. */
function counter(rows: SittingOrderRow[] = [wang, li, lisName], handlers: Handlers = {}) {
  const states = new Map<string, 'placed' | 'served' | 'missed' | 'cancelled'>(
    rows.map((row) => [row.orderId, row.state]),
  );
  return showDesk(CheckInPage, {
    person: canteenStaff,
    handlers: {
      listSittingOrders: () => ({
        orders: rows.map((row) => ({ ...row, state: states.get(row.orderId) ?? 'placed' })),
      }),
      checkIn: ({ params }) => {
        states.set(params.orderId ?? '', 'served');
        return anOrder({ orderId: params.orderId ?? '', date: TODAY, state: 'served' });
      },
      undoCheckIn: ({ params }) => {
        states.set(params.orderId ?? '', 'placed');
        return anOrder({ orderId: params.orderId ?? '', date: TODAY });
      },
      ...handlers,
    },
  });
}

const find = () => screen.findByRole('textbox', { name: '姓名、手机尾号，或扫用餐码' });

describe('the counter', () => {
  it('shows of each elder what to give, what to collect and what to mind, in words', async () => {
    counter();
    const row = await screen.findByRole('listitem', { name: '王建国' });
    expect(within(row).getByText('清蒸鲈鱼、软米饭')).toBeTruthy();
    expect(within(row).getByText('¥2.00')).toBeTruthy();
    expect(within(row).getByText('不能吃花生')).toBeTruthy();
    expect(within(row).getByText('软烂')).toBeTruthy();
    expect(within(row).getByText('尾号 1234 · 11:30–12:00')).toBeTruthy();
    expect(within(screen.getByRole('listitem', { name: '李秀兰' })).getByText('不收钱')).toBeTruthy();
  });

  it('checks in with one tap, says what to collect, and takes the elder off those to come', async () => {
    const { user, api } = counter();
    await user.click(await screen.findByRole('button', { name: '签到 王建国' }));
    expect(await screen.findByText('王建国，签到好了')).toBeTruthy();
    expect(screen.getByText('请收 ¥2.00')).toBeTruthy();
    expect(screen.queryByRole('button', { name: '签到 王建国' })).toBeNull();
    expect(screen.getByRole('radio', { name: '已签到 1' })).toBeTruthy();
    expect(api.asked.find((one) => one.name === 'checkIn')?.body).toEqual({ by: 'name' });
  });

  it('takes a check-in back, and the elder is to come again', async () => {
    const { user, api } = counter();
    await user.click(await screen.findByRole('button', { name: '签到 王建国' }));
    await user.click(await screen.findByRole('button', { name: '撤回签到' }));
    expect(await screen.findByText('王建国的签到已撤回')).toBeTruthy();
    expect(screen.getByRole('button', { name: '签到 王建国' })).toBeTruthy();
    expect(api.times('undoCheckIn')).toBe(1);
  });

  it('checks in by the end of the phone and Enter', async () => {
    const { user, api } = counter();
    await user.type(await find(), '5678{Enter}');
    expect(await screen.findByText('李秀兰，签到好了')).toBeTruthy();
    expect(screen.getByText('不用收钱')).toBeTruthy();
    expect(api.asked.find((one) => one.name === 'checkIn')?.body).toEqual({ by: 'phone-tail' });
  });

  it('checks nobody in on Enter where more than one elder is found', async () => {
    const { user, api } = counter();
    await user.type(await find(), '李秀{Enter}');
    expect(screen.getAllByRole('listitem', { name: /李秀/ })).toHaveLength(2);
    expect(api.times('checkIn')).toBe(0);
  });

  it('checks in by what a scanner types', async () => {
    const { user, api } = counter();
    await user.type(await find(), `${mealCodeOf(idOf(2))}{Enter}`);
    expect(await screen.findByText('李秀兰，签到好了')).toBeTruthy();
    expect(api.asked.find((one) => one.name === 'checkIn')?.body).toEqual({ by: 'qr' });
  });

  it('says in words that a code is of another sitting, and asks nothing of the API', async () => {
    const { user, api } = counter();
    await user.type(await find(), `${mealCodeOf(idOf(77))}{Enter}`);
    expect(await screen.findByText(/这个码不在这一餐里/)).toBeTruthy();
    expect(api.times('checkIn')).toBe(0);
  });

  it('says in words that somebody was checked in before', async () => {
    const { user } = counter([{ ...wang, state: 'served' }]);
    await user.type(await find(), `${mealCodeOf(idOf(1))}{Enter}`);
    expect(await screen.findByText('王建国这一餐已经签到过了')).toBeTruthy();
  });

  it('shows why the API refused, and leaves the elder among those to come', async () => {
    const { user } = counter([wang], { checkIn: () => refused('elder-died') });
    await user.click(await screen.findByRole('button', { name: '签到 王建国' }));
    expect(await screen.findByText('王建国没有签到成功')).toBeTruthy();
    expect(screen.getByRole('button', { name: '签到 王建国' })).toBeTruthy();
  });

  it('keeps a check-in without a connection, and sends it once when there is one', async () => {
    const { user, api } = counter();
    await screen.findByRole('button', { name: '签到 王建国' });
    api.connect(false);
    await user.click(screen.getByRole('button', { name: '签到 王建国' }));
    expect(await screen.findByText('王建国，记在这台设备上，还没送出')).toBeTruthy();
    api.connect(true);
    await act(() => outbox.flush());
    await act(() => outbox.flush());
    expect(api.times('checkIn')).toBe(1);
    expect(screen.getByText('已经送到：签到 王建国')).toBeTruthy();
  });

  it('sends only the last wish for an order that was checked in and taken back without a connection', async () => {
    const { user, api } = counter();
    await screen.findByRole('button', { name: '签到 王建国' });
    api.connect(false);
    await user.click(screen.getByRole('button', { name: '签到 王建国' }));
    await screen.findByText('王建国，记在这台设备上，还没送出');
    await user.click(screen.getByRole('button', { name: '撤回签到' }));
    expect(await screen.findByRole('button', { name: '签到 王建国' })).toBeTruthy();
    api.connect(true);
    await act(() => outbox.flush());
    expect(api.times('checkIn')).toBe(0);
    expect(api.times('undoCheckIn')).toBe(1);
  });
});

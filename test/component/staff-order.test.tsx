import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import StaffOrderPage from '../../miniprogram/src/packages/staff/order/index.tsx';
import { clock } from '../../miniprogram/src/services/clock.ts';
import type { Handlers } from './support/fake-api.ts';
import { refused } from './support/fake-api.ts';
import { anElder, anOrder, aQuote, aSitting, ELDER_ID, TOMORROW } from './support/sample.ts';
import { showDesk, TODAY } from './support/staff-desk.tsx';

const form = { elderId: ELDER_ID };
const placing: Handlers = { placeMealOrder: ({ params }) => anOrder({ orderId: params.orderId ?? '' }) };
const button = () => screen.findByRole('button', { name: '给王建国订明天的午饭' });
/** 17:00 in China: people order for tomorrow. */
const AFTERNOON = Date.parse(`${TODAY}T09:00:00.000Z`);

describe('ordering for somebody', () => {
  it('finds the elder by the end of the phone, shows price and payers, and orders what suits', async () => {
    clock.now = () => AFTERNOON;
    const { user, api } = showDesk(StaffOrderPage, { handlers: placing });
    await user.type(await screen.findByRole('textbox', { name: '找老人' }), '1234');
    await user.click(await screen.findByRole('button', { name: /王建国/ }));
    expect(await screen.findByText('区民政局', { exact: false })).toBeTruthy();
    await user.click(await button());
    expect(await screen.findByText('请告诉老人下面这些。')).toBeTruthy();
    expect(api.asked.find((one) => one.name === 'placeMealOrder')?.body).toEqual({
      elderId: ELDER_ID,
      canteenId: 'heping',
      date: TOMORROW,
      sitting: 'lunch',
      slotId: 'late',
      eating: 'dine-in',
      dishIds: ['fish', 'tofu', 'egg-soup', 'rice'],
      seenCopay: 200,
    });
  });

  it('orders a dish that the elder must not eat only after staff say that it was talked over', async () => {
    clock.now = () => AFTERNOON;
    const { user, api } = showDesk(StaffOrderPage, { params: form, handlers: placing });
    await user.click(await screen.findByRole('checkbox', { name: /宫保鸡丁/ }));
    expect(await screen.findByText('选了王建国不能吃的菜')).toBeTruthy();
    await user.click(await button());
    expect(screen.getByText('菜里有老人不能吃的：请换菜，或先说清楚再打勾。')).toBeTruthy();
    expect(api.times('placeMealOrder')).toBe(0);
    await user.click(screen.getByRole('checkbox', { name: /已和老人或家属说清楚/ }));
    await user.click(await button());
    await screen.findByText('请告诉老人下面这些。');
    expect(api.asked.find((one) => one.name === 'placeMealOrder')?.body.confirmDietClash).toBe(true);
  });

  it('asks the confirmation anew when the dishes change', async () => {
    clock.now = () => AFTERNOON;
    const { user } = showDesk(StaffOrderPage, { params: form, handlers: placing });
    await user.click(await screen.findByRole('checkbox', { name: /宫保鸡丁/ }));
    const talkedOver = () => screen.getByRole<HTMLInputElement>('checkbox', { name: /已和老人或家属说清楚/ });
    await user.click(talkedOver());
    await user.click(screen.getByRole('checkbox', { name: /蒜蓉油菜/ }));
    expect(talkedOver().checked).toBe(false);
  });

  it('needs a reason after closing time, and sends it', async () => {
    // 21:00 in China: tomorrow's lunch closed at 20:00.
    clock.now = () => Date.parse(`${TODAY}T13:00:00.000Z`);
    const { user, api } = showDesk(StaffOrderPage, { params: form, handlers: placing });
    await user.click(await button());
    expect((await screen.findAllByText('请写明为什么现在补订。')).length).toBeGreaterThan(0);
    expect(api.times('placeMealOrder')).toBe(0);
    await user.type(screen.getByRole('textbox', { name: '为什么现在补订' }), '今早出院');
    await user.click(await button());
    await screen.findByText('请告诉老人下面这些。');
    expect(api.asked.find((one) => one.name === 'placeMealOrder')?.body.reason).toBe('今早出院');
  });

  it('keeps the order without a connection and says so; it has one id however often it is sent', async () => {
    clock.now = () => AFTERNOON;
    let lost = true;
    const { user, api } = showDesk(StaffOrderPage, {
      params: form,
      handlers: { placeMealOrder: ({ params }) => (lost ? 'no-answer' : anOrder({ orderId: params.orderId ?? '' })) },
    });
    await user.click(await button());
    expect(await screen.findByText('记下了，还没送出')).toBeTruthy();
    lost = false;
    await user.click(screen.getByRole('button', { name: '现在就送' }));
    expect(await screen.findByText(/已经送到：王建国/)).toBeTruthy();
    const ids = api.asked.filter((one) => one.name === 'placeMealOrder').map((one) => one.params.orderId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('shows the new price when it has changed, and orders only at another yes', async () => {
    clock.now = () => AFTERNOON;
    let price = 200;
    const { user, api } = showDesk(StaffOrderPage, {
      params: form,
      handlers: {
        quoteMeal: () =>
          aQuote(TOMORROW, {
            shares: { person: price, government: 1400 - price, charity: 0, enterprise: 0, voucher: 0 },
          }),
        placeMealOrder: ({ params, body }) => {
          if (body.seenCopay !== 400) {
            price = 400;
            return refused('price-changed');
          }
          return anOrder({ orderId: params.orderId ?? '' });
        },
      },
    });
    await user.click(await button());
    expect(await screen.findByText('价钱变了')).toBeTruthy();
    expect((await screen.findAllByText('¥4.00')).length).toBeGreaterThan(0);
    await user.click(await button());
    await screen.findByText('请告诉老人下面这些。');
    expect(api.times('placeMealOrder')).toBe(2);
  });

  it('offers nothing for a meal that is ordered already, or while the elder is away', async () => {
    clock.now = () => AFTERNOON;
    const first = showDesk(StaffOrderPage, {
      params: form,
      handlers: { listElderMealOrders: () => ({ orders: [anOrder()] }) },
    });
    expect(await screen.findByText(/这一餐已经订好/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^给王建国订/ })).toBeNull();
    first.unmount();
    showDesk(StaffOrderPage, {
      params: form,
      elders: [anElder({ absence: { reason: 'hospital', from: '2026-11-29' } })],
    });
    expect(await screen.findByText(/王建国现在暂停用餐/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^给王建国订/ })).toBeNull();
  });

  it('says in words that a sitting takes no orders', async () => {
    clock.now = () => AFTERNOON;
    showDesk(StaffOrderPage, {
      params: form,
      handlers: {
        listSittings: ({ params, query }) => ({
          canteen: {
            canteenId: params.canteenId ?? '',
            name: '和平里老年餐桌',
            area: '130102001001',
            address: '和平里 1 号楼',
            phone: '0311-8000001',
            eating: ['dine-in'],
            sittings: {},
            rev: 1,
          },
          sittings: [aSitting(query.from ?? '', { open: false })],
        }),
      },
    });
    expect(await screen.findByText('这一餐不开放')).toBeTruthy();
  });
});

import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import ManyPage from '../../miniprogram/src/packages/staff/many/index.tsx';
import { answered, bodyOf, rowFor, unanswered, unsettled } from '../../miniprogram/src/packages/staff/many/rows.ts';
import { OFFLINE } from '../../miniprogram/src/services/client.ts';
import { type RefusalCode, refusalMessage } from '../../shared/contracts/refusal.ts';
import { aCanteen, anElder, anOrder, aQuote, aSitting, TOMORROW } from './support/sample.ts';
import { type Asked, idOf, showDesk } from './support/staff-desk.tsx';

const wang = anElder({ elderId: idOf(1) });
const li = anElder({ elderId: idOf(2), name: '李秀兰', allergens: [], diets: [], phone: '13800005678' });
const zhao = anElder({ elderId: idOf(3), name: '赵玉梅', allergens: ['fish'], diets: [], phone: '13800009999' });
const away = anElder({
  elderId: idOf(4),
  name: '张德明',
  absence: { reason: 'hospital', from: '2026-11-29' },
});

type Sent = { orderId: string; elderId: string; dishIds: string[]; reason?: string };
const ordersOf = (asked: Asked | undefined): Sent[] => asked?.body.orders ?? [];

const yes = ({ orderId, elderId }: Sent) => ({
  orderId,
  replayed: false,
  order: anOrder({ orderId, elderId, quote: aQuote() }),
});
const no = ({ orderId }: Sent, code: RefusalCode) => ({
  orderId,
  replayed: false,
  refusal: { code, message: refusalMessage(code) },
});

describe('what each elder gets', () => {
  it('suits the elder, and tells which usual dish was left out', () => {
    const row = rowFor(wang, aSitting(TOMORROW), idOf(9));
    expect(row.dishIds).toEqual(['fish', 'tofu', 'egg-soup', 'rice']);
    expect(row.left).toEqual(['gongbao']);
    expect(row.state).toBe('ready');
  });

  it('tells the course of which nothing suits', () => {
    const row = rowFor(anElder({ allergens: ['peanut', 'fish'] }), aSitting(TOMORROW), idOf(9));
    expect(row.without).toEqual(['main']);
    expect(row.state).toBe('ready');
  });

  it('is nothing for somebody who is away, has died, or may eat nothing on the menu', () => {
    const sitting = aSitting(TOMORROW);
    expect(rowFor(away, sitting, idOf(9)).state).toBe('cannot');
    expect(rowFor(anElder({ diedOn: '2026-11-01' }), sitting, idOf(9)).state).toBe('cannot');
    const onlyFish = { ...sitting, dishes: sitting.dishes.filter((dish) => dish.dishId === 'fish') };
    expect(rowFor(zhao, onlyFish, idOf(9)).state).toBe('cannot');
  });
});

describe('the answers', () => {
  const rows = [wang, li, zhao].map((elder, index) => rowFor(elder, aSitting(TOMORROW), idOf(10 + index)));
  const [first, second, third] = rows.map(({ orderId, elderId, dishIds }) => ({
    orderId,
    elderId,
    dishIds: [...dishIds],
  })) as [Sent, Sent, Sent];

  it('leave to be sent again what may pass, with the ids that it had', () => {
    const after = answered(rows, rows, {
      answers: [yes(first), no(second, 'slot-full'), no(third, 'already-ordered')],
    });
    expect(after.map((row) => row.state)).toEqual(['placed', 'refused', 'refused']);
    expect(unsettled(after).map((row) => row.orderId)).toEqual([second.orderId]);
    const same = { canteenId: 'heping', date: TOMORROW, sitting: 'lunch', slotId: 'late', eating: 'dine-in' } as const;
    expect(bodyOf(unsettled(after), same).orders.map((one) => one.orderId)).toEqual([second.orderId]);
  });

  it('that did not come are not known, and are sent again; those that came before stay', () => {
    const before = answered(rows, rows.slice(0, 1), { answers: [yes(first)] });
    const after = unanswered(before, rows.slice(1), OFFLINE);
    expect(after.map((row) => row.state)).toEqual(['placed', 'unknown', 'unknown']);
    expect(unsettled(after)).toHaveLength(2);
  });

  it('that leave out an order do not count it as placed', () => {
    const after = answered(rows, rows, { answers: [yes(first), yes(second)] });
    expect(after.map((row) => row.state)).toEqual(['placed', 'placed', 'unknown']);
  });
});

describe('ordering for many', () => {
  const elders = [wang, li, zhao, away];

  it('sends each elder’s own meal, shows each answer in words, and tries again only what failed, with the same ids', async () => {
    let round = 0;
    const { user, api } = showDesk(ManyPage, {
      elders,
      handlers: {
        placeMealOrders: (asked) => {
          round += 1;
          return {
            answers: ordersOf(asked).map((one) =>
              round === 1 && one.elderId === li.elderId ? no(one, 'slot-full') : yes(one),
            ),
          };
        },
      },
    });
    expect((await screen.findByRole<HTMLInputElement>('checkbox', { name: /张德明/ })).disabled).toBe(true);
    await user.click(screen.getByRole('button', { name: '选上这 3 位' }));
    await user.click(screen.getByRole('button', { name: '看看这 3 位各吃什么' }));
    const wangs = await screen.findByRole('listitem', { name: '王建国' });
    expect(within(wangs).getByText('清蒸鲈鱼、家常豆腐、紫菜蛋花汤、软米饭')).toBeTruthy();
    expect(within(wangs).getByText('有忌口，不给宫保鸡丁')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: '给这 3 位订明天的午饭' }));

    expect(await screen.findByText('订好 2 位，1 位没有订成')).toBeTruthy();
    expect(within(screen.getByRole('listitem', { name: '李秀兰' })).getByText(/这个时段已经订满/)).toBeTruthy();
    expect(within(screen.getByRole('listitem', { name: '王建国' })).getByText('已订好 · ¥2.00')).toBeTruthy();

    await user.click(screen.getByRole('button', { name: '只重试没订成的 1 位' }));
    expect(await screen.findByText('3 位都订好了')).toBeTruthy();
    const [one, two] = api.asked.filter((asked) => asked.name === 'placeMealOrders');
    expect(ordersOf(one)).toHaveLength(3);
    expect(ordersOf(two)).toHaveLength(1);
    expect(ordersOf(two)[0]?.orderId).toBe(ordersOf(one).find((sent) => sent.elderId === li.elderId)?.orderId);
  });

  it('offers another time to those who found theirs full', async () => {
    const { user, api } = showDesk(ManyPage, {
      elders: [wang, li],
      handlers: {
        listSittings: ({ params, query }) => ({
          canteen: aCanteen({ canteenId: params.canteenId ?? '' }),
          sittings: [
            aSitting(query.from ?? '', {
              slots: [
                { slotId: 'early', from: '11:00', until: '11:30', capacity: 30, taken: 0, left: 30 },
                { slotId: 'late', from: '11:30', until: '12:00', capacity: 30, taken: 0, left: 30 },
              ],
            }),
          ],
        }),
        placeMealOrders: ({ body }) => ({
          answers: (body.orders as (Sent & { slotId: string })[]).map((one) =>
            one.slotId === 'early' ? no(one, 'slot-full') : yes(one),
          ),
        }),
      },
    });
    await user.click(await screen.findByRole('button', { name: '选上这 2 位' }));
    await user.click(screen.getByRole('button', { name: '看看这 2 位各吃什么' }));
    await user.click(await screen.findByRole('button', { name: '给这 2 位订明天的午饭' }));
    await user.click(await screen.findByRole('radio', { name: /11:30–12:00/ }));
    await user.click(screen.getByRole('button', { name: '只重试没订成的 2 位' }));
    expect(await screen.findByText('2 位都订好了')).toBeTruthy();
    const [one, two] = api.asked.filter((asked) => asked.name === 'placeMealOrders').map(ordersOf);
    expect(two?.map((order) => order.orderId)).toEqual(one?.map((order) => order.orderId));
  });

  it('keeps ids through a lost connection, so that trying again orders nothing twice', async () => {
    let lost = true;
    const { user, api } = showDesk(ManyPage, {
      elders,
      handlers: {
        placeMealOrders: (asked) => {
          if (lost) return 'no-answer';
          return { answers: ordersOf(asked).map((one) => ({ ...yes(one), replayed: true })) };
        },
      },
    });
    await user.click(await screen.findByRole('button', { name: '选上这 3 位' }));
    await user.click(screen.getByRole('button', { name: '看看这 3 位各吃什么' }));
    await user.click(await screen.findByRole('button', { name: '给这 3 位订明天的午饭' }));
    expect(await screen.findAllByText('没有回音，重试不会重复订')).toHaveLength(3);
    lost = false;
    await user.click(screen.getByRole('button', { name: '只重试没订成的 3 位' }));
    expect(await screen.findByText('3 位都订好了')).toBeTruthy();
    const [one, two] = api.asked.filter((asked) => asked.name === 'placeMealOrders').map(ordersOf);
    expect(two).toEqual(one);
  });

  it('sends more than twenty in several requests', async () => {
    const many = Array.from({ length: 23 }, (_, n) => anElder({ elderId: idOf(100 + n), name: `老人${n}` }));
    const { user, api } = showDesk(ManyPage, {
      elders: many,
      handlers: { placeMealOrders: (asked) => ({ answers: ordersOf(asked).map(yes) }) },
    });
    await user.click(await screen.findByRole('button', { name: '选上这 23 位' }));
    await user.click(screen.getByRole('button', { name: '看看这 23 位各吃什么' }));
    await user.click(await screen.findByRole('button', { name: '给这 23 位订明天的午饭' }));
    expect(await screen.findByText('23 位都订好了')).toBeTruthy();
    const sent = api.asked.filter((asked) => asked.name === 'placeMealOrders').map(ordersOf);
    expect(sent.map((orders) => orders.length)).toEqual([20, 3]);
    expect(new Set(sent.flat().map((order) => order.orderId)).size).toBe(23);
  });
});

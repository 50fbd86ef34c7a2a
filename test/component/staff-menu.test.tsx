import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import EditMenuPage from '../../miniprogram/src/packages/staff/edit-menu/index.tsx';
import TodayPage from '../../miniprogram/src/packages/staff/today/index.tsx';
import { clock } from '../../miniprogram/src/services/clock.ts';
import { addDays } from '../../shared/values/dates.ts';
import { refused } from './support/fake-api.ts';
import { aCanteen, aSitting, TOMORROW } from './support/sample.ts';
import { canteenStaff, districtStaff, showDesk, TODAY } from './support/staff-desk.tsx';

const at = { canteenId: 'heping', date: TOMORROW, sitting: 'lunch' };
const WEEK_AGO = addDays(TOMORROW, -7);

const sheet = {
  canteenId: 'heping',
  canteenName: '和平里老年餐桌',
  date: TODAY,
  sitting: 'lunch',
  closesAt: `${TODAY}T01:30:00.000Z`,
  madeAt: `${TODAY}T02:00:00.000Z`,
  meals: 40,
  served: 12,
  byDish: [],
  byDiet: [],
  byTier: [],
  byEating: [],
  bySlot: [],
  special: [],
  deliveries: [],
};

describe('today', () => {
  it('tells head count, who has come, and by clock and in words until when orders come in', async () => {
    clock.now = () => Date.parse(`${TODAY}T01:05:00.000Z`);
    showDesk(TodayPage, {
      person: canteenStaff,
      handlers: {
        getKitchenSheet: () => sheet,
        listSittings: () => ({
          canteen: aCanteen(),
          sittings: [aSitting(TODAY, { closesAt: `${TODAY}T01:30:00.000Z` })],
        }),
      },
    });
    const lunch = await screen.findByRole('region', { name: '今天（周一）午饭' });
    expect(within(lunch).getByText('9:30 截止，还剩 25 分钟')).toBeTruthy();
    expect(await within(lunch).findByText('40')).toBeTruthy();
    expect(within(lunch).getByText('12')).toBeTruthy();
    expect(within(lunch).getByText('28')).toBeTruthy();
    expect(within(lunch).getByText('已订 12，还有 18 份')).toBeTruthy();
    expect(within(screen.getByRole('region', { name: '明天（周二）午饭' })).getByText('还没有发布菜单')).toBeTruthy();
  });

  it('lets the district choose the canteen, and remembers it', async () => {
    const { user } = showDesk(TodayPage, {
      person: districtStaff,
      handlers: { getKitchenSheet: () => sheet },
    });
    await user.click(await screen.findByRole('button', { name: '换一个食堂' }));
    await user.click(screen.getByRole('radio', { name: /东湖长者食堂/ }));
    expect(await screen.findByText('东湖路 8 号')).toBeTruthy();
  });

  it('shows canteen staff nothing that they may not open', async () => {
    showDesk(TodayPage, { person: canteenStaff, handlers: { getKitchenSheet: () => sheet } });
    await screen.findByRole('region', { name: '今天（周一）午饭' });
    expect(screen.queryByRole('button', { name: '批量订餐' })).toBeNull();
    expect(screen.queryByRole('button', { name: '工作人员' })).toBeNull();
  });
});

describe('a menu', () => {
  const lastWeek = aSitting(WEEK_AGO, { choose: { main: 2 }, dishes: aSitting(WEEK_AGO).dishes.slice(0, 2) });

  it('takes the dishes of last week at one tap, keeps its own places, and is published with its revision', async () => {
    const { user, api, went } = showDesk(EditMenuPage, {
      person: canteenStaff,
      params: at,
      handlers: {
        listSittings: ({ query }) => ({
          canteen: aCanteen(),
          sittings: query.from === TOMORROW ? [] : [lastWeek],
        }),
        putSitting: ({ body }) => aSitting(TOMORROW, { dishes: body.dishes, rev: 1 }),
      },
    });
    await user.click(await screen.findByRole('button', { name: '照上周 11月24日（周二） 的菜' }));
    expect(screen.getByText('宫保鸡丁')).toBeTruthy();
    const places = screen.getByRole('textbox', { name: '11:00–11:30，份数' });
    await user.clear(places);
    await user.type(places, '45');
    await user.click(screen.getByRole('button', { name: '发布明天（周二）午饭的菜单' }));
    expect(api.asked.find((one) => one.name === 'putSitting')?.body).toMatchObject({
      choose: { main: 2 },
      open: true,
      rev: 0,
      plan: {
        closesAt: '20:00',
        closesDaysBefore: 1,
        slots: [
          { slotId: 'early', capacity: 45 },
          { slotId: 'late', capacity: 30 },
        ],
      },
    });
    expect(went()).toBe('back');
  });

  it('overwrites nobody’s change', async () => {
    const { user } = showDesk(EditMenuPage, {
      person: canteenStaff,
      params: at,
      handlers: { putSitting: () => refused('rev-stale') },
    });
    await user.click(await screen.findByRole('button', { name: '保存改动' }));
    expect(await screen.findByText('别人刚改过')).toBeTruthy();
    expect(screen.getByText(/您改的还在这里，没有保存/)).toBeTruthy();
  });

  it('is not published without a dish or with places that are no number', async () => {
    const { user, api } = showDesk(EditMenuPage, {
      person: canteenStaff,
      params: at,
      handlers: { listSittings: () => ({ canteen: aCanteen(), sittings: [] }) },
    });
    await user.click(await screen.findByRole('button', { name: '发布明天（周二）午饭的菜单' }));
    expect(await screen.findByText('请至少放一样菜。')).toBeTruthy();
    expect(api.times('putSitting')).toBe(0);
  });

  it('gets a new dish with its allergens in words', async () => {
    const { user, api } = showDesk(EditMenuPage, {
      person: canteenStaff,
      params: at,
      handlers: { putSitting: ({ body }) => aSitting(TOMORROW, { dishes: body.dishes, rev: 2 }) },
    });
    await user.click(await screen.findByRole('button', { name: '加一样汤' }));
    await user.type(screen.getByRole('textbox', { name: '菜名' }), '冬瓜虾皮汤');
    await user.click(screen.getByRole('checkbox', { name: '虾蟹' }));
    await user.click(screen.getByRole('button', { name: '好了' }));
    await user.click(screen.getByRole('button', { name: '保存改动' }));
    const dishes = api.asked.find((one) => one.name === 'putSitting')?.body.dishes as { name: string }[];
    expect(dishes.at(-1)).toMatchObject({ name: '冬瓜虾皮汤', course: 'soup', allergens: ['crustacean'] });
    expect(new Set(dishes.map((dish) => JSON.stringify(dish))).size).toBe(7);
  });
});

import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import ChangeOrderPage from '../../miniprogram/src/packages/family/change-order/index.tsx';
import ConfirmPage from '../../miniprogram/src/packages/family/confirm/index.tsx';
import DishesPage from '../../miniprogram/src/packages/family/dishes/index.tsx';
import MealOrderPage from '../../miniprogram/src/packages/family/meal-order/index.tsx';
import OrderedPage from '../../miniprogram/src/packages/family/ordered/index.tsx';
import HomePage from '../../miniprogram/src/pages/home/index.tsx';
import OrderPage from '../../miniprogram/src/pages/order/index.tsx';
import { outbox } from '../../miniprogram/src/services/api.ts';
import { clock } from '../../miniprogram/src/services/clock.ts';
import { refused } from './support/fake-api.ts';
import { anElder, anOrder, aQuote, aSitting, ELDER_ID, ORDER_ID, TOMORROW } from './support/sample.ts';
import { showPage } from './support/show-page.tsx';
import { smallTown } from './support/small-town.ts';
import { stage } from './support/taro.ts';

const at = { elderId: ELDER_ID, canteenId: 'heping', date: TOMORROW, sitting: 'lunch' };

describe('choosing a meal', () => {
  it('offers tomorrow’s lunch at the nearest canteen, with what is left and until when', async () => {
    const { user, went } = showPage(OrderPage);
    const lunch = await screen.findByRole('region', { name: '午饭' });
    expect(screen.getByText('和平里老年餐桌')).toBeTruthy();
    expect(within(lunch).getByText('还有 18 份')).toBeTruthy();
    expect(within(lunch).getByText('今天（周一）20:00前可以订')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: '订明天午饭' }));
    expect(went()).toBe(
      `navigateTo /packages/family/dishes/index?elderId=${ELDER_ID}&canteenId=heping&date=${TOMORROW}&sitting=lunch`,
    );
  });

  it('tells the minutes when it closes soon, and offers nothing after', async () => {
    clock.now = () => Date.parse('2026-11-30T11:35:00.000Z');
    const first = showPage(OrderPage);
    expect(await screen.findByText('快截止了，还有 25 分钟')).toBeTruthy();
    first.unmount();
    clock.now = () => Date.parse('2026-11-30T12:00:01.000Z');
    showPage(OrderPage);
    expect(await screen.findByText('已截止，不能再订')).toBeTruthy();
    expect(screen.queryByRole('button', { name: '订明天午饭' })).toBeNull();
  });

  it('says that a meal is ordered already and leads to the order', async () => {
    const { user, went } = showPage(OrderPage, { town: smallTown({ orders: [anOrder()] }) });
    await user.click(await screen.findByRole('button', { name: '看订单' }));
    expect(went()).toBe(`navigateTo /packages/family/meal-order/index?orderId=${ORDER_ID}`);
  });

  it('offers no meal while the elder is away, and the way to resume', async () => {
    const town = smallTown({ elders: [anElder({ absence: { reason: 'hospital', from: '2026-11-29' } })] });
    showPage(OrderPage, { town });
    expect(await screen.findByText('王建国现在暂停用餐。')).toBeTruthy();
    expect(screen.queryByRole('button', { name: '订明天午饭' })).toBeNull();
  });
});

describe('choosing dishes', () => {
  it('has chosen a meal that suits the elder, and lets nobody choose what he must not eat', async () => {
    showPage(DishesPage, { params: at });
    const peanuts = await screen.findByRole<HTMLInputElement>('checkbox', { name: /宫保鸡丁/ });
    expect(peanuts.disabled).toBe(true);
    expect(screen.getByText('王建国不能吃花生')).toBeTruthy();
    const chosen = screen.getAllByRole<HTMLInputElement>('checkbox').filter((box) => box.checked);
    expect(chosen.map((box) => box.getAttribute('aria-label'))).toEqual([
      '清蒸鲈鱼，含鱼',
      '家常豆腐，含大豆',
      '紫菜蛋花汤，含鸡蛋',
      '软米饭',
    ]);
  });

  it('puts another dish in the place of the one chosen where a course has room for one', async () => {
    const { user } = showPage(DishesPage, { params: at });
    await user.click(await screen.findByRole('checkbox', { name: /蒜蓉油菜/ }));
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /家常豆腐/ }).checked).toBe(false);
  });

  it('goes no further without a dish, and says why', async () => {
    const { user, went } = showPage(DishesPage, { params: at });
    for (const name of [/清蒸鲈鱼/, /家常豆腐/, /紫菜蛋花汤/, /软米饭/]) {
      await user.click(await screen.findByRole('checkbox', { name }));
    }
    await user.click(screen.getByRole('button', { name: '选好了，看价钱' }));
    expect(screen.getByRole('alert').textContent).toContain('请至少选一样菜');
    expect(went()).toBeUndefined();
  });
});

/** Chooses the suggested dishes, and opens the page with the price. */
async function atThePrice(town = smallTown()) {
  const dishes = showPage(DishesPage, { params: at, town });
  await dishes.user.click(await screen.findByRole('button', { name: '选好了，看价钱' }));
  dishes.unmount();
  const page = showPage(ConfirmPage, { params: at, town });
  await screen.findByText('谁来付');
  return page;
}
const order = () => screen.getByRole('button', { name: '订明天的午饭' });

describe('the price', () => {
  it('shows what the elder pays, and each of the others by name and amount, before the yes', async () => {
    await atThePrice();
    const shares = screen.getByRole('list', { name: '谁来付' });
    expect(
      within(shares)
        .getAllByRole('listitem')
        .map((one) => one.textContent),
    ).toEqual(['自己¥2.00', '政府 · 区民政局¥9.00', '慈善¥2.00', '企业¥1.00']);
    expect(screen.getByText('乙类 · 这一餐一共 ¥14.00')).toBeTruthy();
  });

  it('opens the reasons on demand: the rule that won first, then those that lost', async () => {
    const { user } = await atThePrice();
    expect(screen.queryByText('满 80 岁，按乙类付 2 元。')).toBeNull();
    await user.click(screen.getByRole('button', { name: '为什么？' }));
    const reasons = within(screen.getByRole('list', { name: '为什么？' })).getAllByRole('listitem');
    expect(reasons.map((one) => one.textContent)).toEqual([
      '满 80 岁，按乙类付 2 元。按这条算出处：市老年餐桌管理办法第七条',
      '60 岁以上有用餐需要的，付 6 元。符合，但另一条更优惠',
      '没有登记特困或三无，所以不是免费。不符合',
    ]);
  });

  it('asks again when the meal is to be brought home', async () => {
    const { user } = await atThePrice();
    await user.click(screen.getByRole('radio', { name: /送到家/ }));
    expect(await screen.findByText('乙类 · 这一餐一共 ¥16.00、其中送餐费 ¥2.00')).toBeTruthy();
    expect(screen.getAllByText('¥4.00').length).toBeGreaterThan(0);
  });

  it('says that the elder pays nothing, in words', async () => {
    const town = smallTown();
    town.api.handlers.quoteMeal = () =>
      aQuote(TOMORROW, { shares: { person: 0, government: 1400, charity: 0, enterprise: 0, voucher: 0 } });
    await atThePrice(town);
    expect(screen.getAllByText('王建国不用付钱').length).toBeGreaterThan(0);
  });
});

describe('placing the order', () => {
  it('sends the seen price, the first slot with room and the dishes, and opens the calm page', async () => {
    const { user, town, went } = await atThePrice();
    await user.click(order());
    await screen.findByRole('button', { name: '订明天的午饭' });
    const sent = town.api.asked.find((one) => one.name === 'placeMealOrder');
    expect(sent?.body).toEqual({
      ...at,
      slotId: 'late',
      eating: 'dine-in',
      dishIds: ['fish', 'tofu', 'egg-soup', 'rice'],
      seenCopay: 200,
    });
    expect(went()).toBe(`redirectTo /packages/family/ordered/index?orderId=${sent?.params.orderId}`);
  });

  it('sends one order for two quick taps', async () => {
    const { user, town } = await atThePrice();
    await user.dblClick(order());
    expect(town.api.times('placeMealOrder')).toBe(1);
  });

  it('sends one order for two taps before the page has drawn again', async () => {
    const { town } = await atThePrice();
    const button = order();
    await act(async () => {
      button.click();
      button.click();
    });
    expect(town.api.times('placeMealOrder')).toBe(1);
  });

  it('sends the same order again, not a second one, after a fault', async () => {
    const { user, town } = await atThePrice();
    const place = town.api.handlers.placeMealOrder;
    town.api.handlers.placeMealOrder = (asked) => {
      place?.(asked);
      return refused('fault');
    };
    await user.click(order());
    expect((await screen.findByRole('alert')).textContent).toContain('您填的内容没有丢');
    town.api.handlers.placeMealOrder = place as never;
    await user.click(order());
    expect(town.state.orders).toHaveLength(1);
    expect(
      new Set(town.api.asked.filter((one) => one.name === 'placeMealOrder').map((one) => one.params.orderId)).size,
    ).toBe(1);
  });

  it('keeps the order without a connection, says so, and sends it once afterwards', async () => {
    const { user, town, went } = await atThePrice();
    town.api.connect(false);
    await user.click(order());
    expect(went()).toContain('redirectTo /packages/family/ordered/index?kept=');
    expect(outbox.state.get().pending).toHaveLength(1);
    town.api.connect(true);
    await outbox.flush();
    await outbox.flush();
    expect(town.state.orders).toHaveLength(1);
    expect(outbox.state.get().late).toHaveLength(1);
  });

  it('makes one order when the server had it but its answer was lost', async () => {
    const { user, town } = await atThePrice();
    const place = town.api.handlers.placeMealOrder;
    let lost = 0;
    town.api.handlers.placeMealOrder = (asked) => {
      const answer = place?.(asked);
      lost += 1;
      return lost === 1 ? 'no-answer' : answer;
    };
    await user.click(order());
    await outbox.flush();
    expect(town.api.times('placeMealOrder')).toBe(2);
    expect(town.state.orders).toHaveLength(1);
  });

  it('shows the new price when it has changed, and orders only after another tap', async () => {
    const { user, town, went } = await atThePrice();
    town.api.handlers.placeMealOrder = () => refused('price-changed');
    town.api.handlers.quoteMeal = () =>
      aQuote(TOMORROW, { shares: { person: 400, government: 700, charity: 200, enterprise: 100, voucher: 0 } });
    await user.click(order());
    expect((await screen.findByRole('alert')).textContent).toContain('价钱变了');
    expect((await screen.findAllByText('¥4.00')).length).toBeGreaterThan(0);
    expect(went()).not.toContain('ordered');
  });

  it('leads to the consents when one is needed', async () => {
    const { user, town, went } = await atThePrice();
    town.api.handlers.placeMealOrder = () => refused('consent-required');
    await user.click(order());
    await user.click(await screen.findByRole('button', { name: '同意与撤回' }));
    expect(went()).toBe(`navigateTo /packages/family/consents/index?elderId=${ELDER_ID}`);
  });

  it('says in words that the slot has filled up meanwhile, and keeps the choices', async () => {
    const { user, town } = await atThePrice();
    town.api.handlers.placeMealOrder = () => refused('slot-full');
    town.api.handlers.listSittings = ({ params }) => ({
      canteen: smallTownCanteen(),
      sittings: [
        aSitting(TOMORROW, {
          canteenId: params.canteenId ?? '',
          slots: [
            { slotId: 'early', from: '11:00', until: '11:30', capacity: 30, taken: 20, left: 10 },
            { slotId: 'late', from: '11:30', until: '12:00', capacity: 30, taken: 30, left: 0 },
          ],
        }),
      ],
    });
    await user.click(order());
    expect((await screen.findByRole('alert')).textContent).toContain('这个时段已经订满');
    expect((await screen.findByRole<HTMLInputElement>('radio', { name: /11:00/ })).checked).toBe(true);
    expect(screen.getByText('清蒸鲈鱼、家常豆腐、紫菜蛋花汤、软米饭')).toBeTruthy();
  });
});
const smallTownCanteen = () => ({
  canteenId: 'heping',
  name: '和平里老年餐桌',
  area: '130102001001',
  address: '和平里 1 号楼',
  phone: '0311-8000001',
  eating: ['dine-in' as const],
  sittings: {},
  rev: 1,
});

describe('after the order', () => {
  it('says the one fact that matters, what to bring, and shows the code', async () => {
    showPage(OrderedPage, { params: { orderId: ORDER_ID }, town: smallTown({ orders: [anOrder()] }) });
    expect(await screen.findByRole('heading', { name: '11:30–12:00 到食堂' })).toBeTruthy();
    expect(screen.getByText('带上 ¥2.00。')).toBeTruthy();
    expect(screen.getByRole('img', { name: '用餐码' })).toBeTruthy();
  });

  it('shows no code for a meal that comes home', async () => {
    showPage(OrderedPage, {
      params: { orderId: ORDER_ID },
      town: smallTown({ orders: [anOrder({ eating: 'delivery' })] }),
    });
    expect(await screen.findByText('请在家等，有人敲门送来。')).toBeTruthy();
    expect(screen.queryByRole('img', { name: '用餐码' })).toBeNull();
  });

  it('cancels after one question, and not on a no', async () => {
    const town = smallTown({ orders: [anOrder()] });
    const { user } = showPage(MealOrderPage, { params: { orderId: ORDER_ID }, town });
    await user.click(await screen.findByRole('button', { name: '取消这一餐' }));
    await user.click(screen.getByRole('button', { name: '不取消' }));
    expect(town.api.times('cancelMealOrder')).toBe(0);
    await user.click(screen.getByRole('button', { name: '取消这一餐' }));
    await user.click(screen.getByRole('button', { name: '是，取消这一餐' }));
    expect(await screen.findByText('已取消')).toBeTruthy();
    expect(town.state.orders[0]?.state).toBe('cancelled');
  });

  it('offers no change after closing time, and says whom to call', async () => {
    clock.now = () => Date.parse('2026-11-30T12:00:01.000Z');
    showPage(MealOrderPage, { params: { orderId: ORDER_ID }, town: smallTown({ orders: [anOrder()] }) });
    expect(await screen.findByText(/已过截止时间，不能自己改了/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: '取消这一餐' })).toBeNull();
  });

  it('opens the code of an order without a connection, also when only the list was seen before', async () => {
    const town = smallTown({ orders: [anOrder()] });
    const home = showPage(HomePage, { town });
    await screen.findByText('明天（周二）午饭');
    home.unmount();
    town.api.connect(false);
    showPage(MealOrderPage, { params: { orderId: ORDER_ID }, town });
    expect(screen.getByRole('img', { name: '用餐码' })).toBeTruthy();
    expect(await screen.findAllByText('现在没有网络')).toHaveLength(1);
  });

  it('opens an order that was seen before also without a connection', async () => {
    const town = smallTown({ orders: [anOrder()] });
    const first = showPage(MealOrderPage, { params: { orderId: ORDER_ID }, town });
    await screen.findByRole('img', { name: '用餐码' });
    first.unmount();
    town.api.connect(false);
    showPage(MealOrderPage, { params: { orderId: ORDER_ID }, town });
    expect(screen.getByRole('img', { name: '用餐码' })).toBeTruthy();
    expect((await screen.findAllByText('现在没有网络')).length).toBeGreaterThan(0);
  });

  it('sends only what was changed, with the price that was seen', async () => {
    const town = smallTown({ orders: [anOrder()] });
    const { user } = showPage(ChangeOrderPage, { params: { orderId: ORDER_ID }, town });
    expect((await screen.findByRole('button', { name: '还没有改动。' })).getAttribute('aria-disabled')).toBe('true');
    await user.click(await screen.findByRole('radio', { name: /送到家/ }));
    await user.click(await screen.findByRole('button', { name: '就这样改' }));
    const sent = town.api.asked.find((one) => one.name === 'changeMealOrder');
    expect(sent?.body).toEqual({ rev: 1, eating: 'delivery', seenCopay: 400 });
    expect(stage.went.at(-1)).toBe('back');
  });
});

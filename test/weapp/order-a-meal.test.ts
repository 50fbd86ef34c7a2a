import { describe, expect, it } from 'vitest';
import { refused } from '../component/support/fake-api.ts';
import { NOW } from '../component/support/sample.ts';
import { smallTown } from '../component/support/small-town.ts';
import { eventually, type Phone, WeChat } from './support/wechat.ts';
import { walk } from './support/wxml.ts';

const BUNDLE = 'miniprogram/dist/weapp';

async function atHome(options: Phone = {}) {
  const town = smallTown();
  const phone = new WeChat(BUNDLE, town.api, { now: NOW, ...options });
  await phone.launch();
  await phone.sees('您好，请先登录');
  await phone.tap('button', '用微信登录');
  await phone.sees('王建国');
  return { town, phone };
}

async function atThePrice() {
  const { town, phone } = await atHome();
  await phone.tap('button', '给王建国订餐');
  await phone.sees('和平里老年餐桌');
  await phone.sees('订明天午饭');
  await phone.tap('button', '订明天午饭');
  await phone.sees('王建国不能吃花生');
  await phone.tap('button', '选好了，看价钱');
  await phone.sees('谁来付');
  return { town, phone };
}

describe('on a phone, in WeChat', () => {
  it('signs in with one tap, with the code of wx.login', async () => {
    const { town, phone } = await atHome();
    expect(town.api.asked.find((one) => one.name === 'signIn')?.body).toEqual({ by: 'wechat', code: 'code-of-wechat' });
    expect(phone.page.route).toBe('pages/home/index');
    expect(phone.storage.get('anxin:session')).toContain('token-1');
  });

  it('signs in again without a tap where the phone’s owner came by WeChat, and not where somebody signed out', async () => {
    const { town, phone } = await atHome();
    town.api.handlers.listMyElders = () => refused('session-expired');
    const signIn = town.api.handlers.signIn;
    town.api.handlers.signIn = (asked) => (asked.body.by === 'refresh' ? refused('session-expired') : signIn?.(asked));
    const back = new WeChat(BUNDLE, town.api, { now: NOW, storage: new Map(phone.storage) });
    await back.launch();
    await eventually(() => expect(town.api.asked.filter((one) => one.body?.by === 'wechat')).toHaveLength(2));
    const signedOut = new Map([...phone.storage].filter(([key]) => !key.endsWith('came-by-wechat')));
    const third = new WeChat(BUNDLE, town.api, { now: NOW, storage: signedOut });
    await third.launch();
    await third.sees('您好，请先登录');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(town.api.asked.filter((one) => one.body?.by === 'wechat')).toHaveLength(2);
  });

  it('comes from the link of a message through signing in to the alert, not to the first page', async () => {
    const town = smallTown();
    const phone = new WeChat(BUNDLE, town.api, { now: NOW });
    await phone.launch();
    await phone.sees('您好，请先登录');
    await phone.goTo('/packages/family/alert/index?alertId=d0000000-0000-4000-8000-000000000001&notice=wave-1');
    await eventually(() => expect(phone.page.route).toBe('pages/sign-in/index'));
    await phone.tap('button', '用微信登录');
    await eventually(() => expect(phone.page.route).toBe('packages/family/alert/index'));
  });

  it('orders tomorrow’s lunch, sees the price with its reasons first, and gets the calm page', async () => {
    const { town, phone } = await atThePrice();
    expect(phone.text()).toContain('¥2.00');
    await phone.tap('button', '为什么？');
    await phone.sees('满 80 岁，按乙类付 2 元。');
    await phone.tap('button', '订明天的午饭');
    await phone.sees('11:30–12:00 到食堂');
    expect(phone.find('img', '用餐码').attr.src).toMatch(/^data:image\/svg\+xml/);
    expect(town.state.orders).toMatchObject([{ state: 'placed', eating: 'dine-in' }]);
    expect(phone.went.at(-1)).toContain('redirectTo /packages/family/ordered/index?orderId=');
  });

  it('marks what is chosen for screen readers, and moves the mark with a tap', async () => {
    const { phone } = await atThePrice();
    expect(phone.find('radio', /^到食堂吃/).attr.ariaChecked).toBe(true);
    await phone.tap('radio', /^送到家/);
    await phone.sees('其中送餐费 ¥2.00');
    await eventually(() => expect(phone.find('radio', /^到食堂吃/).attr.ariaChecked).toBe(false));
  });

  it('keeps an order without a connection and sends it once when WeChat says it is back', async () => {
    const { town, phone } = await atThePrice();
    phone.connect(false);
    await phone.tap('button', '订明天的午饭');
    await phone.sees('记下了，还没送出');
    expect(town.state.orders).toEqual([]);
    phone.connect(true);
    await phone.sees('已经送到');
    phone.connect(true);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(town.state.orders).toHaveLength(1);
    expect(town.api.times('placeMealOrder')).toBe(1);
  });

  it('changes and cancels the order', async () => {
    const { town, phone } = await atThePrice();
    await phone.tap('button', '订明天的午饭');
    await phone.sees('11:30–12:00 到食堂');
    await phone.tap('button', '看订单');
    await phone.tap('button', '改时间、菜或吃法');
    await phone.tap('radio', /^送到家/);
    await eventually(() => expect(phone.find('radio', /^送到家/).attr.ariaChecked).toBe(true));
    // The price of what is chosen now: until it is there, nothing can be agreed to.
    await phone.sees('其中送餐费 ¥2.00');
    await phone.tap('button', '就这样改');
    await eventually(() => expect(town.state.orders[0]?.eating).toBe('delivery'));
    await phone.tap('button', '取消这一餐');
    await phone.tap('button', '是，取消这一餐');
    await phone.sees('已取消');
    expect(town.state.orders[0]?.state).toBe('cancelled');
  });

  it('binds an elder by typing the code and ticking the consent', async () => {
    const { town, phone } = await atHome();
    await phone.tap('button', '再绑定一位老人');
    await phone.sees('社区给您的 8 位数字');
    await phone.type('绑定码', '12345678');
    await phone.type('您的名字', '王小梅');
    await phone.tap('radio', '女儿');
    await phone.tap('checkbox', /^办理养老服务/);
    await phone.tap('button', '绑定');
    await phone.sees('我的老人');
    expect(town.api.asked.find((one) => one.name === 'bind')?.body).toMatchObject({ consents: ['care-services'] });
  });

  it('shows large words to somebody who has set large words in WeChat', async () => {
    const { phone } = await atHome({ fontSizeSetting: 23 });
    const classes = [...walk(phone.tree())].map(({ attr }) => String(attr.class ?? ''));
    expect(classes.some((one) => one.includes('frame--145'))).toBe(true);
  });

  it('gives every control a role and words', async () => {
    const { phone } = await atThePrice();
    const silent = [...walk(phone.tree())].filter(
      ({ attr }) =>
        attr.bindtap === 'eh' && !attr.ariaRole && /button|option|tabs__tab|card--tap/.test(String(attr.class)),
    );
    expect(silent).toEqual([]);
  });
});

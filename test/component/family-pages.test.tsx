import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import BindPage from '../../miniprogram/src/packages/family/bind/index.tsx';
import ConsentsPage from '../../miniprogram/src/packages/family/consents/index.tsx';
import ElderPage from '../../miniprogram/src/packages/family/elder/index.tsx';
import NewStandingPage from '../../miniprogram/src/packages/family/new-standing/index.tsx';
import PausePage from '../../miniprogram/src/packages/family/pause/index.tsx';
import StandingPage from '../../miniprogram/src/packages/family/standing/index.tsx';
import HomePage from '../../miniprogram/src/pages/home/index.tsx';
import MePage from '../../miniprogram/src/pages/me/index.tsx';
import OrdersPage from '../../miniprogram/src/pages/orders/index.tsx';
import SignInPage from '../../miniprogram/src/pages/sign-in/index.tsx';
import { outbox } from '../../miniprogram/src/services/api.ts';
import { keepSession, sessionStore } from '../../miniprogram/src/services/session.ts';
import { storage } from '../../miniprogram/src/services/storage.ts';
import { refused } from './support/fake-api.ts';
import { anElder, anOrder, aSession, daughter, ELDER_ID } from './support/sample.ts';
import { showPage } from './support/show-page.tsx';
import { smallTown } from './support/small-town.ts';
import { stage } from './support/taro.ts';

describe('signing in', () => {
  it('lists the demo people of a local cloud, and signs in with one tap', async () => {
    stage.files['/config.json'] = { apis: { AnxinApi: 'http://api', AnxinAlerts: 'http://alerts' }, dev: true };
    stage.files['/dev/info'] = {
      people: [{ name: '王小梅', role: 'family', boundTo: '王建国', wechatCode: 'demo-daughter' }],
    };
    const { user, town, went } = showPage(SignInPage, { signedIn: false });
    await user.click(await screen.findByRole('button', { name: /我是王小梅/ }));
    expect(town.api.asked[0]?.body).toEqual({ by: 'wechat', code: 'demo-daughter' });
    expect(sessionStore.get()?.person.name).toBe('王小梅');
    expect(went()).toBe('reLaunch /pages/home/index');
  });

  it('shows no demo people in the cloud', async () => {
    showPage(SignInPage, { signedIn: false });
    expect(await screen.findByRole('heading', { name: '用手机号登录' })).toBeTruthy();
    expect(screen.queryByText('试用：选一个人')).toBeNull();
  });

  it('signs in by phone and one-time code, and says what is wrong with a number', async () => {
    const { user, town } = showPage(SignInPage, { signedIn: false });
    await user.type(screen.getByLabelText('手机号'), '12345');
    await user.click(screen.getByRole('button', { name: '把验证码发给我' }));
    expect(screen.getByRole('alert').textContent).toContain('请填 11 位手机号');
    await user.clear(screen.getByLabelText('手机号'));
    await user.type(screen.getByLabelText('手机号'), '13800001234');
    await user.click(screen.getByRole('button', { name: '把验证码发给我' }));
    await user.type(await screen.findByLabelText('验证码'), '246810');
    await user.click(screen.getByRole('button', { name: '登录' }));
    expect(town.api.asked.at(-1)?.body).toEqual({ by: 'phone', phone: '13800001234', code: '246810' });
  });

  it('says in words that a code is wrong', async () => {
    const town = smallTown();
    town.api.handlers.signIn = () => refused('one-time-code-wrong');
    const { user } = showPage(SignInPage, { signedIn: false, town });
    await user.type(screen.getByLabelText('手机号'), '13800001234');
    await user.click(screen.getByRole('button', { name: '把验证码发给我' }));
    await user.type(await screen.findByLabelText('验证码'), '000000{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('验证码不对或已过期');
    expect(sessionStore.get()).toBeNull();
  });

  it('leads to the sign-in page from any other page', () => {
    const { went } = showPage(HomePage, { signedIn: false });
    expect(went()).toBe('reLaunch /pages/sign-in/index');
  });

  it('says that the session has run out, and still holds what was typed for the same person', async () => {
    const town = smallTown();
    const first = showPage(BindPage, { town });
    await first.user.type(screen.getByLabelText('绑定码'), '1234');
    first.unmount();
    town.api.handlers.listMyElders = () => refused('session-expired');
    town.api.handlers.signIn = () => refused('session-expired');
    const home = showPage(HomePage, { town });
    await vi.waitFor(() => expect(home.went()).toBe('reLaunch /pages/sign-in/index'));
    home.unmount();
    showPage(SignInPage, { town, signedIn: false });
    expect(screen.getByText(/登录时间到了/)).toBeTruthy();
    keepSession(aSession('token-2'));
    expect(storage.read('draft:bind')).toMatchObject({ code: '1234' });
    keepSession(aSession('token-3', { ...daughter, personId: '99999999-9999-4999-8999-999999999999' }));
    expect(storage.read('draft:bind')).toBeUndefined();
  });
});

describe('my elders', () => {
  it('keeps the page’s shape while it loads, then shows the elder with the next meal', async () => {
    showPage(HomePage, { town: smallTown({ orders: [anOrder()] }) });
    expect(screen.getByRole('status', { name: '正在打开…' })).toBeTruthy();
    expect(await screen.findByRole('heading', { name: '王建国' })).toBeTruthy();
    expect(screen.getByText('82 岁')).toBeTruthy();
    expect(await screen.findByText('明天（周二）午饭')).toBeTruthy();
  });

  it('says what to do when nobody is bound yet', async () => {
    const { user, went } = showPage(HomePage, { town: smallTown({ elders: [] }) });
    expect(await screen.findByText(/请向老人所在的社区要一个 8 位绑定码/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: '绑定老人' }));
    expect(went()).toBe('navigateTo /packages/family/bind/index');
  });

  it('says without a connection that nothing is lost, and tries again on a tap', async () => {
    const town = smallTown();
    town.api.connect(false);
    const { user } = showPage(HomePage, { town });
    expect((await screen.findByRole('alert')).textContent).toContain('什么都没有丢');
    town.api.connect(true);
    await user.click(screen.getByRole('button', { name: '再试一次' }));
    expect(await screen.findByRole('heading', { name: '王建国' })).toBeTruthy();
  });

  it('says what happened when the server refuses', async () => {
    const town = smallTown();
    town.api.handlers.listMyElders = () => refused('busy');
    showPage(HomePage, { town });
    expect((await screen.findByRole('alert')).textContent).toContain('现在人很多');
  });

  it('tells on the page what is kept on the phone, and lets the person send it', async () => {
    const town = smallTown({ orders: [anOrder()] });
    const { user } = showPage(HomePage, { town });
    await screen.findByRole('heading', { name: '王建国' });
    town.api.connect(false);
    const { orderId } = anOrder();
    const input = { params: { orderId }, body: {} };
    await outbox.submit({ id: 'c', name: 'cancelMealOrder', input, what: '取消明天午饭' });
    expect(await screen.findByText('还没送出：取消明天午饭')).toBeTruthy();
    town.api.connect(true);
    await user.click(screen.getByRole('button', { name: '现在就送' }));
    expect(await screen.findByText('已经送到：取消明天午饭')).toBeTruthy();
    expect(town.api.times('cancelMealOrder')).toBe(1);
  });

  it('tells nobody else at this phone what was sent late', async () => {
    outbox.state.set({
      pending: [],
      late: [{ id: 'a', what: '张德明 暂停用餐', personId: '99999999-9999-4999-8999-999999999999' }],
    });
    showPage(HomePage);
    await screen.findByRole('heading', { name: '王建国' });
    expect(screen.queryByText(/张德明/)).toBeNull();
  });

  it('offers no meal for somebody who has died', async () => {
    showPage(HomePage, { town: smallTown({ elders: [anElder({ diedOn: '2026-11-20' })] }) });
    expect(await screen.findByText('已于11月20日离世')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /订餐/ })).toBeNull();
  });
});

describe('binding an elder', () => {
  const fill = async (user: ReturnType<typeof showPage>['user'], code = '12345678') => {
    await user.type(screen.getByLabelText('绑定码'), code);
    await user.type(screen.getByLabelText('您的名字'), '王小梅');
    await user.click(screen.getByRole('radio', { name: '女儿' }));
  };
  const bind = () => screen.getByRole('button', { name: '绑定' });

  it('has ticked no consent, and goes no further without the one that is needed', async () => {
    const { user, town } = showPage(BindPage);
    expect(screen.getAllByRole<HTMLInputElement>('checkbox').some((box) => box.checked)).toBe(false);
    await fill(user);
    await user.click(screen.getByRole('checkbox', { name: /把忌口告诉食堂/ }));
    await user.click(bind());
    expect(screen.getByText('“办理养老服务”这一项必须同意，才能为老人办事。')).toBeTruthy();
    expect(town.api.times('bind')).toBe(0);
  });

  it('sends exactly the consents that were given', async () => {
    const { user, town, went } = showPage(BindPage);
    await fill(user);
    await user.click(screen.getByRole('checkbox', { name: /办理养老服务/ }));
    await user.click(bind());
    expect(town.api.asked.at(-1)?.body).toEqual({
      code: '12345678',
      name: '王小梅',
      relation: 'daughter',
      consents: ['care-services'],
    });
    expect(went()).toBe('reLaunch /pages/home/index');
  });

  it('says that a code is wrong and keeps everything that was typed', async () => {
    const { user } = showPage(BindPage);
    await fill(user, '87654321');
    await user.click(screen.getByRole('checkbox', { name: /办理养老服务/ }));
    await user.click(bind());
    expect((await screen.findByRole('alert')).textContent).toContain('请向社区再要一个');
    expect(screen.getByLabelText<HTMLInputElement>('您的名字').value).toBe('王小梅');
  });

  it('still holds what was typed when the page is opened again', async () => {
    const first = showPage(BindPage);
    await fill(first.user);
    first.unmount();
    showPage(BindPage);
    expect(screen.getByLabelText<HTMLInputElement>('绑定码').value).toBe('12345678');
  });
});

describe('an elder', () => {
  it('is paused for hospital without a known end, and resumed with one tap', async () => {
    const pause = showPage(PausePage, { params: { elderId: ELDER_ID } });
    await pause.user.click(screen.getByRole('button', { name: '暂停用餐' }));
    expect(pause.town.api.asked.at(-1)?.body).toEqual({ reason: 'hospital', from: '2026-11-30' });
    pause.unmount();
    const page = showPage(ElderPage, { params: { elderId: ELDER_ID }, town: pause.town });
    await page.user.click(await screen.findByRole('button', { name: '恢复用餐' }));
    expect(await screen.findByRole('button', { name: '住院或外出，暂停用餐' })).toBeTruthy();
    expect(page.town.state.elders[0]?.absence).toBeNull();
  });

  it('is paused until a day that is chosen', async () => {
    const { user, town } = showPage(PausePage, { params: { elderId: ELDER_ID } });
    await user.click(screen.getByRole('radio', { name: '外出' }));
    await user.click(screen.getByRole('radio', { name: '知道哪天回来' }));
    const lastDay = within(screen.getByRole('radiogroup', { name: '最后一天不吃' }));
    await user.click(lastDay.getByRole('radio', { name: /12月3日/ }));
    await user.click(screen.getByRole('button', { name: '暂停用餐' }));
    expect(town.api.asked.at(-1)?.body).toEqual({ reason: 'travel', from: '2026-11-30', until: '2026-12-03' });
  });

  it('keeps a withdrawn consent in sight, and the needed one without a button', async () => {
    const { user } = showPage(ConsentsPage, { params: { elderId: ELDER_ID } });
    await user.click(await screen.findByRole('button', { name: '撤回同意 把忌口告诉食堂' }));
    expect(await screen.findByText('11月30日撤回')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /办理养老服务/ })).toBeNull();
  });
});

describe('weekly orders', () => {
  it('are set up with the days of the week, and stopped after a question', async () => {
    const form = showPage(NewStandingPage, { params: { elderId: ELDER_ID } });
    await form.user.click(await screen.findByRole('button', { name: '就这样订' }));
    expect(screen.getByText('请至少选一天。')).toBeTruthy();
    await form.user.click(screen.getByRole('checkbox', { name: '周三' }));
    await form.user.click(screen.getByRole('checkbox', { name: '周一' }));
    await form.user.click(screen.getByRole('button', { name: '就这样订' }));
    expect(form.town.state.standing).toMatchObject([{ weekdays: [1, 3], sitting: 'lunch', slotId: 'early' }]);
    form.unmount();
    const list = showPage(StandingPage, { params: { elderId: ELDER_ID }, town: form.town });
    await list.user.click(await screen.findByRole('button', { name: '停掉 每周一、周三 午饭' }));
    await list.user.click(screen.getByRole('button', { name: '是，停掉' }));
    expect(await screen.findByText('11月30日停掉了')).toBeTruthy();
  });
});

describe('my orders', () => {
  it('stand apart: what is coming, and what was', async () => {
    const past = anOrder({ orderId: '55555555-5555-4555-8555-555555555555', date: '2026-11-27', state: 'served' });
    showPage(OrdersPage, { town: smallTown({ orders: [anOrder(), past] }) });
    expect(await screen.findByRole('heading', { name: '还没吃的' })).toBeTruthy();
    expect(screen.getByRole('heading', { name: '以前的' })).toBeTruthy();
    expect(screen.getByText('已用餐')).toBeTruthy();
  });
});

describe('me', () => {
  it('changes the size of the words on the page, for good', async () => {
    const { user, container } = showPage(MePage);
    await user.click(screen.getByRole('radio', { name: '最大' }));
    expect(container.querySelector('.frame--160')).toBeTruthy();
    expect(stage.storage.get('anxin:settings')).toContain('160');
  });

  it('speaks English when asked', async () => {
    const { user } = showPage(MePage);
    await user.click(screen.getByRole('radio', { name: 'English' }));
    expect(screen.getByRole('heading', { name: 'Size of the words' })).toBeTruthy();
    expect(document.documentElement.lang).toBe('en');
  });

  it('forgets at sign-out what was read on this phone', async () => {
    const home = showPage(HomePage);
    await screen.findByRole('heading', { name: '王建国' });
    home.unmount();
    expect([...stage.storage.keys()].some((key) => key.startsWith('anxin:seen:'))).toBe(true);
    const { user, went } = showPage(MePage, { town: home.town });
    await user.click(screen.getByRole('button', { name: '退出登录' }));
    await user.click(screen.getByRole('button', { name: '是，退出' }));
    expect([...stage.storage.keys()].some((key) => key.startsWith('anxin:seen:'))).toBe(false);
    expect(home.town.api.asked.at(-1)).toMatchObject({ name: 'signOut', token: 'token-1' });
    expect(went()).toBe('reLaunch /pages/sign-in/index');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Received } from '../../infra/local/stand-ins/received.ts';
import { type Servers, startServers } from './support/servers.ts';
import { WeChat } from './support/wechat.ts';

type Channel = Received['channel'];
const BUNDLE = 'miniprogram/dist/weapp';

let servers: Servers;
beforeAll(async () => {
  servers = await startServers();
});
afterAll(() => servers.stop());

/** A phone whose owner has never been here, and who answers WeChat's question for consent with this. */
async function aGuest(name: string, says: boolean): Promise<WeChat> {
  const loginCode = `guest-${name}`;
  const consents = async () => {
    if (says) await servers.consent(loginCode);
    return says;
  };
  const phone = new WeChat(BUNDLE, servers.api, { loginCode, consents });
  await phone.launch();
  await phone.tap('button', '用微信登录');
  await phone.sees('还没有绑定老人');
  return phone;
}

async function binds(phone: WeChat, city: string, number?: string): Promise<void> {
  await phone.tap('button', '绑定老人');
  await phone.sees('社区给您的 8 位数字');
  await phone.type('绑定码', personOf(`${city}-newcomer`).bindingCode ?? '');
  await phone.type('您的名字', '林小雨');
  await phone.tap('radio', '女儿');
  await phone.tap('checkbox', /^办理养老服务/);
  if (number !== undefined) {
    await phone.giveNumber('用微信登记的手机号', `phone-${number}`);
    await phone.sees(`求助时打 ${number}`);
  }
  await phone.tap('button', '绑定');
  await phone.sees('我的老人');
}

function personOf(wechatCode: string) {
  const person = servers.town.people.find((one) => one.wechatCode === wechatCode);
  if (person === undefined) throw new Error(`nobody signs in as ${wechatCode}`);
  return person;
}

/** The community closes what is still open, and calls for help for the elder whom this phone's owner is bound to. */
async function raisedFor(phone: WeChat, city: string): Promise<string> {
  const ask = async (origin: string, method: string, path: string, body?: object, token?: string) =>
    JSON.parse((await servers.api.answer(method, path, JSON.stringify(body), token, origin)).text);
  const [api, alerts] = ['http://localhost:4001', 'http://localhost:4002'];
  const mine = JSON.parse(phone.storage.get('anxin:session') ?? '{}') as { token: string };
  const { elders } = await ask(api, 'GET', '/elders', undefined, mine.token);
  const staff = await ask(api, 'POST', '/sessions', { by: 'wechat', code: `${city}-community` });
  const open = await ask(alerts, 'GET', `/elders/${elders[0].elderId}/alerts`, undefined, staff.token);
  for (const { alertId } of open.alerts) {
    const over = { stepId: crypto.randomUUID(), note: '已经没事' };
    await ask(alerts, 'POST', `/alerts/${alertId}/false-alarm`, over, staff.token);
  }
  const alertId = crypto.randomUUID();
  const body = { elderId: elders[0].elderId, source: 'staff-call' };
  await ask(alerts, 'PUT', `/alerts/${alertId}`, body, staff.token);
  return alertId;
}

/** The channels by which one of these addresses was told of an alert, once it was told by each of `channels`, or 20 s have passed. */
async function toldBy(alertId: string, addresses: readonly string[], channels: readonly Channel[]): Promise<Channel[]> {
  const until = Date.now() + 20_000;
  for (;;) {
    const of = servers.cloud.received().filter((one) => one.alertId === alertId && addresses.includes(one.to));
    const by = [...new Set(of.map(({ channel }) => channel))].sort();
    if (channels.every((channel) => by.includes(channel)) || Date.now() > until) return by;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('a daughter who has only ever signed in with WeChat', () => {
  const NUMBER = '13811112222';
  let phone: WeChat;

  it('leaves her number and lets WeChat bring a message as she binds, all within taps', async () => {
    phone = await aGuest('lin', true);
    await binds(phone, 'north-city', NUMBER);
    expect(phone.consentsAsked).toEqual({ within: 1, outside: 0 });
    expect(phone.text()).not.toContain('我们打不通您');
    expect(phone.text()).not.toContain('家属');
  });

  it('is rung by voice, by text message and by WeChat when her mother is in need', async () => {
    const alertId = await raisedFor(phone, 'north-city');
    const all = ['sms', 'voice', 'wechat'] as const;
    expect(await toldBy(alertId, [NUMBER, 'openid-guest-lin'], all)).toEqual(all);
  });

  it('sees that WeChat can tell her no more, and lets it once more with a tap', async () => {
    await phone.tap('button', '我的');
    await phone.tap('button', '怎么通知我');
    await phone.sees('微信现在不能通知您');
    await phone.tap('button', '让微信多通知我一次');
    await phone.sees('微信还能通知您 1 次');
  });
});

describe('a daughter who leaves no number and lets WeChat bring nothing', () => {
  let phone: WeChat;

  it('is bound, and told on the first page that nobody can ring her', async () => {
    phone = await aGuest('wu', false);
    await binds(phone, 'lanzhou-chengguan');
    await phone.sees('老人求助时，我们打不通您');
    await phone.tap('button', '留手机号');
    await phone.sees('微信现在不能通知您');
  });

  it('is told by nothing that rings, while the desk is', async () => {
    const alertId = await raisedFor(phone, 'lanzhou-chengguan');
    const { phone: dispatcher = '' } = personOf('lanzhou-chengguan-dispatcher');
    expect(await toldBy(alertId, [dispatcher], ['voice'])).toContain('voice');
    expect(await toldBy(alertId, ['openid-guest-wu'], [])).toEqual([]);
  });

  it('leaves the number of another phone by a code, and is rung from then on', async () => {
    await phone.tap('button', '填另一个手机号，收验证码');
    await phone.type('手机号', '13833334444');
    await phone.tap('button', '把验证码发给我');
    await phone.sees('5 分钟内有效');
    await phone.type('验证码', await codeSentTo('13833334444'));
    await phone.tap('button', '就用这个号码');
    await phone.sees('求助时打 13833334444');
    const alertId = await raisedFor(phone, 'lanzhou-chengguan');
    expect(await toldBy(alertId, ['13833334444'], ['voice'])).toContain('voice');
  });
});

/** The code in the last text message to a number. */
async function codeSentTo(number: string): Promise<string> {
  const { messages } = (await (await fetch(`${servers.cloud.web}/dev/messages`)).json()) as {
    messages: readonly { phone: string; text: string }[];
  };
  return /\d{6}/.exec(messages.find(({ phone }) => phone === number)?.text ?? '')?.[0] ?? '';
}

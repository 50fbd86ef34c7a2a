import { afterEach, describe, expect, it } from 'vitest';
import { aDelivery, aDetail, anAlert } from '../component/support/alerts.ts';
import { refused } from '../component/support/fake-api.ts';
import { aSession, daughter, ELDER_ID, NOW } from '../component/support/sample.ts';
import { smallTown } from '../component/support/small-town.ts';
import { eventually, type Phone, WeChat } from './support/wechat.ts';

const BUNDLE = 'miniprogram/dist/weapp';
const HELD = 2300;
const elderHimself = { ...daughter, name: '王建国', role: 'elder', elderId: ELDER_ID } as const;
const button = /求助.*按住 2 秒/;

function aTown(options: Parameters<typeof smallTown>[0] = {}) {
  const town = smallTown(options);
  town.api.handlers.raiseAlert = ({ params }) => ({
    alertId: params.alertId,
    receivedAt: NOW,
    stored: true,
    published: true,
  });
  return { ...town, raised: () => town.api.asked.filter((one) => one.name === 'raiseAlert') };
}

/** A phone on which somebody signed in weeks ago: the server takes neither the token nor the refresh token any more. */
function afterWeeks(town: ReturnType<typeof aTown>, options: Phone = {}) {
  const session = aSession('token-of-weeks-ago', options.position ? elderHimself : daughter);
  town.api.handlers.listMyElders = () => refused('session-expired');
  town.api.handlers.listElderMealOrders = () => refused('session-expired');
  town.api.handlers.signIn = () => refused('session-expired');
  const storage = new Map([
    ['anxin:session', JSON.stringify(session)],
    [
      'anxin:sos:pass',
      JSON.stringify({
        token: session.token,
        personId: session.person.personId,
        role: session.person.role,
        elders: [{ elderId: ELDER_ID, name: '王建国' }],
      }),
    ],
  ]);
  return new WeChat(BUNDLE, town.api, { now: NOW, storage, ...options });
}

let phone: WeChat | undefined;
// What is not through yet is tried for ever: the phone is switched off after each test.
afterEach(() => phone?.connect(true));

describe('the emergency button, in WeChat', () => {
  it('raises an alert with a session that has expired, by the old token and without signing in', async () => {
    const town = aTown();
    phone = afterWeeks(town);
    await phone.launch();
    await phone.sees('您好，请先登录');
    const before = town.api.asked.length;
    await phone.hold(button, HELD);
    await phone.sees('求助已收到');
    expect(phone.page.route).toBe('packages/family/alert/index');
    expect(town.raised()).toMatchObject([{ token: 'token-of-weeks-ago', body: { elderId: ELDER_ID, source: 'app' } }]);
    // Nothing was asked before it: no refresh, no sign-in.
    expect(town.api.asked[before]?.name).toBe('raiseAlert');
  });

  it('raises nothing when the finger is lifted too soon, and says so', async () => {
    const town = aTown();
    phone = afterWeeks(town);
    await phone.launch();
    await phone.sees('您好，请先登录');
    await phone.hold(button, 1200);
    await phone.sees('已停下，没有求助');
    expect(town.raised()).toEqual([]);
    expect(phone.page.route).toBe('pages/sign-in/index');
  });

  it('asks after a tap, for hands and readers that cannot hold', async () => {
    const town = aTown();
    phone = afterWeeks(town);
    await phone.launch();
    await phone.sees('您好，请先登录');
    await phone.tap('button', button);
    await phone.sees('要替王建国求助吗？');
    await phone.tap('button', '是，替王建国求助');
    await phone.sees('求助已收到');
    expect(town.raised()).toHaveLength(1);
  });

  it('keeps trying without a connection, says so and dials, though WeChat cannot fetch the page of the alert', async () => {
    const town = aTown();
    phone = afterWeeks(town, { missing: ['packages/family'] });
    town.api.connect(false);
    await phone.launch();
    await phone.hold(button, HELD);
    await phone.sees('还没有传出去，一直在试');
    expect(phone.page.route).toBe('pages/sos/index');
    await phone.tap('button', '打 120 急救');
    expect(phone.dialled).toEqual(['120']);
    const id = (JSON.parse(phone.storage.get('anxin:sos:presses') ?? '[]') as { alertId: string }[])[0]?.alertId;
    phone.connect(true);
    await phone.sees('求助已收到');
    expect(town.raised().map((one) => one.params.alertId)).toEqual([id]);
  });

  it('sends where the elder is, where that may be known', async () => {
    const town = aTown();
    phone = afterWeeks(town, { position: { longitude: 114.5149, latitude: 38.0428, accuracy: 35 } });
    await phone.launch();
    await phone.hold(button, HELD);
    await eventually(() => expect(town.raised()).toHaveLength(1));
    expect(town.raised()[0]?.body).toMatchObject({
      position: { longitude: 114.5149, latitude: 38.0428, accuracyMetres: 35, coordinates: 'gcj02' },
    });
  });

  it('says who was told and who is coming, and forgets the press when it is over', async () => {
    const town = aTown();
    phone = new WeChat(BUNDLE, town.api, { now: NOW });
    await phone.launch();
    await phone.tap('button', '用微信登录');
    await phone.sees('王建国');
    await phone.hold(button, HELD);
    await phone.sees('求助已收到');
    const alertId = town.raised()[0]?.params.alertId ?? '';
    town.state.alerts.details = [aDetail({ alert: anAlert({ alertId }), deliveries: [aDelivery()] })];
    await phone.sees('王小梅（家里人）');
    await phone.tap('button', '我去看看');
    await phone.sees('王小梅（家属）知道了，正在处理');
    const [detail] = town.state.alerts.details;
    if (detail) detail.alert = { ...detail.alert, state: 'resolved', closedAt: NOW, outcome: 'helped-at-home' };
    await phone.sees('在家里处理好了');
    expect(phone.storage.get('anxin:sos:presses')).toBe('[]');
  });

  it('adds a contact, who can be phoned from then on', async () => {
    const town = aTown();
    phone = new WeChat(BUNDLE, town.api, { now: NOW });
    await phone.launch();
    await phone.tap('button', '用微信登录');
    await phone.tap('button', '看王建国的资料');
    await phone.tap('button', '紧急联系人');
    await phone.tap('button', '加一位联系人');
    await phone.tap('radio', '邻居');
    await phone.type('名字', '刘婶');
    await phone.type('手机号', '13900000009');
    await phone.tap('button', '保存');
    await phone.sees('1. 刘婶');
    await phone.tap('button', button);
    await phone.tap('button', '打电话给刘婶（邻居）');
    expect(phone.dialled).toEqual(['13900000009']);
  });

  it('shows phone numbers alone where nobody has ever signed in', async () => {
    phone = new WeChat(BUNDLE, aTown().api, { now: NOW });
    await phone.launch();
    await phone.tap('button', '紧急求助电话');
    await phone.sees('打 110 报警');
    await phone.tap('button', '打 120 急救');
    expect(phone.dialled).toEqual(['120']);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { aSession, daughter, ELDER_ID, NOW } from '../component/support/sample.ts';
import { smallTown } from '../component/support/small-town.ts';
import { eventually, type Phone, WeChat } from './support/wechat.ts';

const BUNDLE = 'miniprogram/dist/weapp';
const HELD = 2300;
const elderHimself = { ...daughter, name: '王建国', role: 'elder', elderId: ELDER_ID } as const;
const button = /求助.*按住 2 秒/;

/** A town in which the elder himself is at the phone, signed in. */
function aTown() {
  const town = smallTown({ person: elderHimself });
  town.api.handlers.raiseAlert = ({ params }) => ({
    alertId: params.alertId,
    receivedAt: NOW,
    stored: true,
    published: true,
  });
  return { ...town, raised: () => town.api.asked.filter((one) => one.name === 'raiseAlert') };
}
type Town = ReturnType<typeof aTown>;

let phone: WeChat | undefined;
// What is not through yet is tried for ever: the phone is switched off after each test.
afterEach(() => phone?.connect(true));

async function aPhone(town: Town, options: Phone = {}): Promise<WeChat> {
  const session = aSession('token-1', elderHimself);
  const kept = new Map([
    ['anxin:session', JSON.stringify(session)],
    [
      'anxin:sos:pass',
      JSON.stringify({ token: session.token, personId: session.person.personId, role: 'elder', elders: [] }),
    ],
  ]);
  phone = new WeChat(BUNDLE, town.api, { now: NOW, storage: kept, ...options });
  await phone.launch();
  await eventually(() => phone?.find('button', button));
  return phone;
}

describe('whoever taps in panic', () => {
  it('twelve times has raised one alert, and two pages are open at most', async () => {
    const town = aTown();
    const at = await aPhone(town);
    for (let tap = 0; tap < 12; tap++) {
      await at.tap('button', button);
      expect(at.pages).toBeLessThanOrEqual(2);
    }
    await at.sees('求助已收到');
    expect(town.raised()).toHaveLength(1);
  });

  it('twice by mistake is asked, and has raised nothing', async () => {
    const town = aTown();
    const at = await aPhone(town);
    await at.tap('button', button);
    await at.tap('button', button);
    await at.sees('要求助吗？');
    expect(at.pages).toBe(2);
    expect(town.raised()).toEqual([]);
  });

  it('again after having read the question has said yes', async () => {
    const town = aTown();
    const at = await aPhone(town);
    await at.tap('button', button);
    await at.sees('要求助吗？');
    await new Promise((resolve) => setTimeout(resolve, 900));
    await at.tap('button', button);
    await at.sees('求助已收到');
    expect(town.raised()).toHaveLength(1);
  });

  it('with ten pages open sees the calm page in the place of the last', async () => {
    const town = aTown();
    const at = await aPhone(town);
    for (let n = 0; n < 9; n++) await at.goTo(`/packages/family/contacts/index?elderId=${ELDER_ID}`);
    expect(at.pages).toBe(10);
    await at.hold(button, HELD);
    await at.sees('求助已收到');
    expect(at.page.route).toBe('packages/family/alert/index');
    expect(at.pages).toBe(10);
  });
});

describe('a press', () => {
  it('is kept though the phone is full, and arrives once after the app was killed', async () => {
    const town = aTown();
    const room = 40_000;
    const at = await aPhone(town, { room });
    for (let n = 0; [...at.storage.values()].join('').length < room - 300; n++)
      at.storage.set(`anxin:seen:answer:old-${n}`, JSON.stringify({ at: Date.parse(NOW), value: 'x'.repeat(200) }));
    at.connect(false);
    await at.hold(button, HELD);
    await at.sees('还没有传出去');
    expect(at.storage.get('anxin:sos:presses')).toContain('pressedAt');
    const storage = new Map(at.storage);
    at.connect(true);
    await at.sees('求助已收到');
    const arrived = new Set(town.raised().map(({ params }) => params.alertId));
    const again = new WeChat(BUNDLE, town.api, { now: NOW, storage, room });
    await again.launch();
    await eventually(() => expect(again.storage.get('anxin:sos:presses')).toContain('received'));
    // The same press, by the same id: the server joins them.
    expect(new Set([...arrived, ...town.raised().map(({ params }) => params.alertId)]).size).toBe(1);
  });

  it('keeps the screen on until there is a yes', async () => {
    const town = aTown();
    const at = await aPhone(town);
    at.connect(false);
    await at.hold(button, HELD);
    await at.sees('请别锁屏');
    expect(at.keptOn).toBe(true);
    at.connect(true);
    await at.sees('求助已收到');
    await eventually(() => expect(at.keptOn).toBe(false));
  });

  it('goes on by itself when the app, which was hidden for longer than WeChat lets it run, is shown again', async () => {
    const town = aTown();
    const at = await aPhone(town);
    at.connect(false);
    await at.hold(button, HELD);
    await at.sees('还没有传出去');
    at.hide();
    await new Promise((resolve) => setTimeout(resolve, 5200));
    const tried = town.raised().length;
    at.connect(true);
    await new Promise((resolve) => setTimeout(resolve, 300));
    at.show();
    await at.sees('求助已收到');
    expect(town.raised().length).toBeGreaterThan(tried);
  });

  it('waits for no question about privacy: then it goes without a position', async () => {
    const town = aTown();
    const position = { longitude: 103.8, latitude: 36.06, accuracy: 20 };
    const at = await aPhone(town, { position, asksForPrivacy: true });
    await at.hold(button, HELD);
    await at.sees('求助已收到');
    expect(at.located).toBe(0);
    expect(town.raised()[0]?.body).not.toHaveProperty('position');
  });
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  alertsOf,
  bindFamily,
  button,
  detailOf,
  endAlert,
  expireSession,
  holdSos,
  kept,
  listenTo,
  press,
  rings,
  rowOf,
  sees,
  tap,
} from './support/alerts.ts';
import { DESK, go, type House, openHouse, PHONE, picture, seriousFindings, settled } from './support/house.ts';

let house: House;
let elder: Page;
let daughter: Page;
let desk: Page;

const demo = (code: string) => {
  const found = house.cloud.people.find(({ wechatCode }) => wechatCode === code);
  if (found === undefined) throw new Error(`there is no demo person ${code}`);
  return found as typeof found & { readonly elderIds: readonly string[] };
};
const elderId = () => demo('north-city-elder').elderIds[0] ?? '';
const names = () => ({
  elder: demo('north-city-elder').name,
  daughter: demo('north-city-daughter').name,
  dispatcher: demo('north-city-dispatcher').name,
});
const toBoard = (page: Page) => go(page, '/packages/duty/board/index');
const toHome = async (page: Page) => {
  await go(page, '/pages/home/index');
  await page
    .getByRole('heading', { level: 1, name: /^我的(饭|老人)$/ })
    .filter({ visible: true })
    .waitFor();
  await settled(page);
};
const openAlertIds = async (): Promise<string[]> =>
  (await alertsOf(house, desk, elderId()))
    .filter(({ state }) => state !== 'resolved' && state !== 'false-alarm')
    .map(({ alertId }) => alertId);
/** Nothing is left open for the next test. */
const endAll = async () => {
  for (const alertId of await openAlertIds()) await endAlert(house, desk, alertId);
};

beforeAll(async () => {
  house = await openHouse({ fixedPorts: true });
  const community = await house.visit('north-city-community', DESK);
  daughter = await house.visit('north-city-daughter');
  await bindFamily(house, { community, family: daughter, elderId: elderId() });
  await community.context().close();
  await daughter.reload();
  elder = await house.visit('north-city-elder');
  await settled(elder);
  desk = await house.visit('north-city-dispatcher', DESK);
  await desk.getByRole('heading', { level: 1, name: '值守台' }).waitFor();
  await listenTo(desk);
}, 180_000);
afterAll(() => house?.stop(), 60_000);

describe('an elder presses the emergency button', () => {
  let alertId: string;

  it('and within two seconds of the yes the board rings, and the daughter’s phone shows it', async () => {
    await settled(daughter);
    await sees(desk, '没有人求助');
    expect(await rings(desk)).toBe(false);
    await picture(elder, 'sos-phone');

    const onBoard = rowOf(desk, names().elder)
      .waitFor()
      .then(() => Date.now());
    const onPhone = daughter
      .getByRole('region', { name: `${names().elder}在求助` })
      .waitFor()
      .then(() => Date.now());
    const pressed = await press(elder);
    alertId = pressed.alertId;
    expect((await onBoard) - pressed.yesAt).toBeLessThan(2000);
    // The board asks every second, a phone that happens to be open every five; its message goes out with the board’s.
    expect((await onPhone) - pressed.yesAt).toBeLessThan(7000);

    await expect.poll(() => rings(desk), { timeout: 5000 }).toBe(true);
    await expect.poll(() => desk.title(), { interval: 100, timeout: 5000 }).toMatch(/^🔔\(\d+\)/);
    await sees(desk, /\d+ 个没人接/);
    await sees(elder, '正在叫人');
    await picture(desk, 'board-desk');
    expect(await seriousFindings(desk)).toEqual([]);
    expect(await seriousFindings(elder)).toEqual([]);
    expect(await seriousFindings(daughter)).toEqual([]);
    await picture(daughter, 'open-alert-phone');

    // The family was told at the same moment, by name, not only whoever looks at the app.
    const told = async () =>
      (await detailOf(house, desk, alertId)).deliveries.some(
        ({ name, notice, state }) => name === names().daughter && notice === 'wave-1' && state === 'sent',
      );
    await expect.poll(told, { timeout: 10_000 }).toBe(true);
  });

  it('one tap takes it, the ringing stops, and the phone says who is coming', async () => {
    await tap(desk, `接警：${names().elder}`);
    await sees(desk, '您在处理');
    await expect.poll(() => rings(desk), { timeout: 5000 }).toBe(false);
    await sees(elder, new RegExp(`${names().dispatcher}.*知道了`));
    await sees(daughter, new RegExp(`${names().dispatcher}.*在处理`));
    expect(await seriousFindings(elder)).toEqual([]);
    await picture(elder, 'calm-phone');
  });

  it('the desk says who has arrived and how it ended, and the phone says that it is over', async () => {
    await tap(desk, '已经到了');
    await sees(elder, new RegExp(`${names().dispatcher}.*到了`));
    await picture(desk, 'board-taken-desk');
    await tap(desk, '处理完了');
    await desk.getByRole('radio', { name: '在家处理好了' }).check();
    await desk.getByRole('textbox', { name: '写清楚' }).fill('起夜滑了一下，没有受伤，已扶起');
    await tap(desk, '结束这次求助');
    await rowOf(desk, names().elder).waitFor({ state: 'detached' });
    await sees(elder, '已经处理好了');
    await sees(elder, '在家里处理好了');
    await picture(elder, 'over-phone');

    await go(desk, `/packages/duty/alert/index?alertId=${alertId}`);
    const steps = desk.getByRole('list', { name: '经过' }).getByRole('listitem');
    await steps.filter({ hasText: '处理完毕' }).waitFor();
    await settled(desk);
    const told = await steps.allInnerTexts();
    const places = ['求助', '通知第 1 轮的人', '接警', '到了现场', '处理完毕'].map((word) =>
      told.findIndex((text) => text.includes(word)),
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(told.at(-1)).toContain('起夜滑了一下，没有受伤，已扶起');
    expect(await seriousFindings(desk)).toEqual([]);
    await picture(desk, 'alert-desk');
  });
});

describe('a family member answers', () => {
  it('the board shows who, and the desk takes it over', async () => {
    await toHome(elder);
    await toHome(daughter);
    await toBoard(desk);
    await press(elder);
    await rowOf(desk, names().elder).waitFor();
    await tap(daughter, '马上看');
    await tap(daughter, '我去看看');
    await sees(daughter, '大家知道您在处理。到了请点“我到了”。');
    await picture(daughter, 'family-answers-phone');
    await rowOf(desk, names().elder)
      .getByText(new RegExp(`${names().daughter}（家属）.*接`))
      .waitFor();
    await sees(elder, new RegExp(`${names().daughter}.*知道了`));
    await picture(desk, 'board-family-desk');

    await tap(desk, '由值守台接手');
    await rowOf(desk, names().elder)
      .getByText(/您在处理/)
      .waitFor();
    await sees(daughter, new RegExp(`已经是${names().dispatcher}.*在处理`));
    await sees(elder, new RegExp(`${names().dispatcher}.*知道了`));
    await endAll();
  });
});

describe('with the messaging service down', () => {
  it('the press is still on the board, and is acknowledged', async () => {
    await toHome(elder);
    await toBoard(desk);
    await house.cloud.setFaults('sns=down');
    try {
      await press(elder);
      await rowOf(desk, names().elder).waitFor({ timeout: 10_000 });
      await tap(desk, `接警：${names().elder}`);
      await sees(desk, '您在处理');
      await sees(elder, new RegExp(`${names().dispatcher}.*知道了`));
      await endAll();
    } finally {
      await house.cloud.setFaults('');
    }
  });
});

describe('with the server stopped and started', () => {
  it('the press waits on the phone, says so and offers to dial, and arrives by itself, once', async () => {
    await toHome(elder);
    await toBoard(desk);
    const before = new Set((await alertsOf(house, desk, elderId())).map((one) => one.alertId));
    await elder.context().setOffline(true);
    await house.down();
    await holdSos(elder);
    await sees(elder, '还没有传出去，一直在试');
    await button(elder, '打 120 急救').waitFor();
    await button(elder, /^打电话给/).waitFor();
    await picture(elder, 'waiting-phone');
    expect(await seriousFindings(elder)).toEqual([]);
    await sees(desk, /连不上值守系统/);
    expect(await desk.getByText('现在没有人求助').count()).toBe(0);
    await picture(desk, 'lost-desk');
    const [waiting] = await kept<readonly { alertId: string; state: string }[]>(elder, 'sos:presses');
    expect(waiting?.state).toBe('waiting');

    await house.up();
    await elder.context().setOffline(false);
    await sees(desk, /连上了，断开了/, 20_000);
    await rowOf(desk, names().elder).waitFor({ timeout: 20_000 });
    await sees(elder, '正在叫人', 20_000);
    await picture(desk, 'back-desk');
    const after = (await alertsOf(house, desk, elderId())).filter((one) => !before.has(one.alertId));
    expect(after.map(({ alertId, presses }) => ({ alertId, presses }))).toEqual([
      { alertId: waiting?.alertId, presses: 1 },
    ]);
    expect(await rowOf(desk, names().elder).count()).toBe(1);
    await tap(desk, `接警：${names().elder}`);
    await sees(elder, new RegExp(`${names().dispatcher}.*知道了`));
    await endAll();
  }, 150_000);
});

describe('an elder whose session ended long ago', () => {
  it('presses, and it goes through without signing in', async () => {
    const phone = await house.visit('north-city-elder');
    await settled(phone);
    await expireSession(house, phone);
    await phone.reload();
    await phone.getByRole('heading', { name: '您好，请先登录' }).waitFor();

    await press(phone);
    await sees(phone, '求助已收到');
    await picture(phone, 'expired-phone');
    await toBoard(desk);
    await rowOf(desk, names().elder).waitFor();
    await tap(desk, `接警：${names().elder}`);
    await sees(desk, '您在处理');
    await endAll();
    await phone.context().close();
  });
});

describe('the pages around an alert have no serious finding of axe', () => {
  const look = async (page: Page, path: string, name: string) => {
    await go(page, path);
    await settled(page);
    await picture(page, name);
    expect(await seriousFindings(page)).toEqual([]);
    const wide = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
    expect(wide).toBeLessThanOrEqual(0);
  };

  it('where help is asked for with a tap', async () => {
    await look(elder, '/pages/sos/index', 'sos-ask-phone');
  });

  it('contacts and devices, on a phone', async () => {
    await look(daughter, `/packages/family/contacts/index?elderId=${elderId()}`, 'contacts-phone');
    await look(daughter, `/packages/family/devices/index?elderId=${elderId()}`, 'elder-devices-phone');
  });

  it('report and devices, at the desk', async () => {
    await look(desk, '/packages/duty/report/index', 'report-desk');
    await look(desk, '/packages/duty/devices/index', 'devices-desk');
  });

  it('the board and an alert, on a phone', async () => {
    await toHome(elder);
    const { alertId } = await press(elder);
    const phone = await house.visit('north-city-dispatcher', PHONE);
    await rowOf(phone, names().elder).waitFor();
    await look(phone, '/packages/duty/board/index', 'board-phone');
    await look(phone, `/packages/duty/alert/index?alertId=${alertId}`, 'alert-phone');
    await endAll();
  });
});

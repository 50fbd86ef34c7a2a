import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, dateInChina, toInstant } from '../../shared/values/dates.ts';
import { DESK, go, type House, openHouse, picture, settled } from './support/house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

const tap = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
const sees = (page: Page, text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor();
const tomorrow = (): string => addDays(dateInChina(toInstant(Date.now())), 1);

const canteenOf = (code: string): string => {
  const staff = house.cloud.people.find(({ wechatCode }) => wechatCode === code);
  return (staff as { canteenId?: string } | undefined)?.canteenId ?? '';
};

/** How many meals the kitchen sheet of tomorrow's lunch counts, as the canteen's staff see it. */
async function headCount(page: Page, canteen: string): Promise<number> {
  await go(page, '/packages/staff/today/index');
  await go(page, `/packages/staff/kitchen/index?canteenId=${canteen}&date=${tomorrow()}&sitting=lunch`);
  await settled(page);
  const figure = page.getByText('份，一共').filter({ visible: true }).first().locator('..');
  return Number.parseInt((await figure.textContent()) ?? '', 10);
}

async function orderTomorrowsLunch(page: Page): Promise<void> {
  await tap(page, /^给.*订餐/);
  await settled(page);
  await tap(page, /^订明天午饭/);
  await settled(page);
  await tap(page, '选好了，看价钱');
  await sees(page, '谁来付');
}

describe('a daughter orders tomorrow’s lunch for her 82-year-old father', () => {
  it('in the northern city: he pays 2 yuan, and she sees who pays the rest and why', async () => {
    const page = await house.visit('north-city-daughter');
    await settled(page);
    await picture(page, 'home-phone');
    const cook = await house.visit('north-city-canteen', DESK);
    const canteen = canteenOf('north-city-canteen');
    const before = await headCount(cook, canteen);

    await orderTomorrowsLunch(page);
    await sees(page, '¥2.00');
    await tap(page, '为什么？');
    await sees(page, /80/);
    await picture(page, 'price-phone');
    await tap(page, /^订明天.*的午饭$/);
    await sees(page, '订好了');
    await sees(page, /到食堂$/);
    await picture(page, 'ordered-phone');

    // The sheet opens with what was seen last, and then with the count of now.
    await expect.poll(() => headCount(cook, canteen), { timeout: 15_000 }).toBe(before + 1);
    await picture(cook, 'kitchen-desk');
  });

  it('in Chengguan, by other rules: he pays 5 yuan of 15', async () => {
    const page = await house.visit('lanzhou-chengguan-daughter');
    await settled(page);
    await orderTomorrowsLunch(page);
    await sees(page, '¥5.00');
    await sees(page, /¥15\.00/);
    await tap(page, /^订明天.*的午饭$/);
    await sees(page, '订好了');
  });

  it('sees the order in her list, and cancels it after a question', async () => {
    const page = await house.visit('lanzhou-chengguan-daughter');
    await go(page, '/pages/orders/index');
    await settled(page);
    await tap(page, /^明天.*午饭/);
    await settled(page);
    await tap(page, '取消这一餐');
    await tap(page, '是，取消这一餐');
    await sees(page, '已取消');
  });
});

describe('without a connection', () => {
  it('keeps the order that was typed, says so, and sends it once when the connection is back', async () => {
    const page = await house.visit('lanzhou-chengguan-daughter');
    await settled(page);
    await orderTomorrowsLunch(page);
    await page.context().setOffline(true);
    await tap(page, /^订明天.*的午饭$/);
    await sees(page, '记下了，还没送出');
    await picture(page, 'offline-phone');
    await page.context().setOffline(false);
    await go(page, '/pages/home/index');
    await sees(page, /已经送到/);
    await go(page, '/pages/orders/index');
    await settled(page);
    expect(await page.getByRole('button', { name: /^明天.*午饭/ }).count()).toBeGreaterThan(0);
  });
});

describe('staff', () => {
  it('check somebody in by one tap, and take a mistake back', async () => {
    const page = await house.visit('north-city-canteen');
    await go(page, '/packages/staff/check-in/index?sitting=lunch');
    await settled(page);
    await picture(page, 'check-in-phone');
    const waiting = page.getByRole('button', { name: /^(签到|已送到) / });
    if ((await waiting.count()) === 0) {
      // After the meal everybody may have come: then somebody's check-in is taken back first.
      await page.getByRole('radio', { name: /^已签到/ }).click();
      await tap(page, /^撤回签到 /);
      await page.getByRole('radio', { name: /^还没来/ }).click();
    }
    const button = waiting.first();
    const name = ((await button.getAttribute('aria-label')) ?? '').replace(/^\S+ /, '');
    await button.click();
    await sees(page, `${name}，签到好了`);
    await tap(page, /^撤回签到/);
    await sees(page, `${name}的签到已撤回`);
  });

  it('see the figures of their community', async () => {
    const page = await house.visit('north-city-community', DESK);
    await go(page, '/packages/staff/figures/index');
    await settled(page);
    await sees(page, /政府/);
    await picture(page, 'figures-desk');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DISTRICT_PAGES, DUTY_PAGES, familyPages, staffPages } from './support/every-page.ts';
import {
  DESK,
  go,
  type House,
  openHouse,
  PHONE,
  picture,
  type Size,
  seriousFindings,
  settled,
} from './support/house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

const sizes: readonly (readonly [name: string, size: Size])[] = [
  ['phone', PHONE],
  ['desk', DESK],
];

describe.each(sizes)('on a %s', (name, size) => {
  const walk = async (person: string, pages: readonly (readonly [string, string])[]) => {
    const page = await house.visit(person, size);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    const found: string[] = [];
    for (const [title, path] of pages) {
      await go(page, path);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await settled(page);
      await picture(page, `${title}-${name}`);
      found.push(...(await seriousFindings(page)).map((finding) => `${title}: ${finding}`));
      const wide = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
      if (wide > 0) found.push(`${title}: ${wide} px wider than the screen`);
    }
    expect(found).toEqual([]);
    expect(errors).toEqual([]);
  };

  it('the door has no serious finding of axe', async () => {
    const page = await house.door(size);
    await page.getByRole('heading', { name: '您好，请先登录' }).waitFor();
    await settled(page);
    await picture(page, `sign-in-${name}`);
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('no page of families has a serious finding of axe, an error or a sideways scroll', async () => {
    await walk('north-city-daughter', familyPages(house));
  }, 180_000);

  it('no page of staff has a serious finding of axe, an error or a sideways scroll', async () => {
    await walk('north-city-community', staffPages(house));
  }, 180_000);

  it('no page of those on duty has a serious finding of axe, an error or a sideways scroll', async () => {
    await walk('north-city-dispatcher', DUTY_PAGES);
    await walk('north-city-district', DISTRICT_PAGES);
  }, 180_000);
});

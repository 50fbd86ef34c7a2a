import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, dateInChina, toInstant } from '../../shared/values/dates.ts';
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

const tomorrow = addDays(dateInChina(toInstant(Date.now())), 1);

interface Demo {
  readonly elderIds?: readonly string[];
  readonly canteenId?: string;
}
const demo = (code: string): Demo => house.cloud.people.find(({ wechatCode }) => wechatCode === code) as Demo;

/** Every page, with what it is opened with: `look.test.ts` of the components holds the list against the app's own. */
const family = () => {
  const elderId = demo('north-city-daughter').elderIds?.[0] ?? '';
  const canteenId = demo('north-city-canteen').canteenId ?? '';
  const meal = `elderId=${elderId}&canteenId=${canteenId}&date=${tomorrow}&sitting=lunch`;
  return [
    ['home', '/pages/home/index'],
    ['order', '/pages/order/index'],
    ['orders', '/pages/orders/index'],
    ['me', '/pages/me/index'],
    ['bind', '/packages/family/bind/index'],
    ['elder', `/packages/family/elder/index?elderId=${elderId}`],
    ['pause', `/packages/family/pause/index?elderId=${elderId}`],
    ['consents', `/packages/family/consents/index?elderId=${elderId}`],
    ['access-log', `/packages/family/access-log/index?elderId=${elderId}`],
    ['dishes', `/packages/family/dishes/index?${meal}`],
    ['standing', `/packages/family/standing/index?elderId=${elderId}`],
    ['new-standing', `/packages/family/new-standing/index?elderId=${elderId}`],
    ['sos', '/pages/sos/index'],
    ['inbox', '/packages/family/inbox/index'],
    ['alerts', `/packages/family/alerts/index?elderId=${elderId}`],
    ['contacts', `/packages/family/contacts/index?elderId=${elderId}`],
    ['contact', `/packages/family/contact/index?elderId=${elderId}`],
    ['health-notes', `/packages/family/health-notes/index?elderId=${elderId}`],
    ['elder-devices', `/packages/family/devices/index?elderId=${elderId}`],
  ] as const;
};
const staff = () => {
  const elderId = demo('north-city-daughter').elderIds?.[0] ?? '';
  const canteenId = demo('north-city-canteen').canteenId ?? '';
  const sitting = `canteenId=${canteenId}&date=${tomorrow}&sitting=lunch`;
  return [
    ['today', '/packages/staff/today/index'],
    ['check-in', '/packages/staff/check-in/index'],
    ['kitchen', `/packages/staff/kitchen/index?${sitting}`],
    ['staff-order', '/packages/staff/order/index'],
    ['many', '/packages/staff/many/index'],
    ['people', '/packages/staff/people/index'],
    ['person', `/packages/staff/person/index?elderId=${elderId}`],
    ['edit-person', `/packages/staff/edit-person/index?elderId=${elderId}`],
    ['care-record', `/packages/staff/care-record/index?elderId=${elderId}`],
    ['import', '/packages/staff/import/index'],
    ['menu', '/packages/staff/menu/index'],
    ['edit-menu', `/packages/staff/edit-menu/index?${sitting}`],
    ['figures', '/packages/staff/figures/index'],
    ['team', '/packages/staff/team/index'],
  ] as const;
};

const duty = [
  ['board', '/packages/duty/board/index'],
  ['raise', '/packages/duty/raise/index'],
  ['tasks', '/packages/duty/tasks/index'],
  ['devices', '/packages/duty/devices/index'],
  ['report', '/packages/duty/report/index'],
] as const;
/** Only the district reviews who opened health notes. */
const district = [['openings', '/packages/duty/openings/index']] as const;

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
    await walk('north-city-daughter', family());
  }, 180_000);

  it('no page of staff has a serious finding of axe, an error or a sideways scroll', async () => {
    await walk('north-city-community', staff());
  }, 180_000);

  it('no page of those on duty has a serious finding of axe, an error or a sideways scroll', async () => {
    await walk('north-city-dispatcher', duty);
    await walk('north-city-district', district);
  }, 180_000);
});

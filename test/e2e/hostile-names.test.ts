import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TownItem } from '../../infra/town/town-item.ts';
import { press } from './support/alerts.ts';
import { DISTRICT_PAGES, DUTY_PAGES, demoOf, familyPages, staffPages } from './support/every-page.ts';
import { go, type House, openHouse, PHONE, settled } from './support/house.ts';

/** Markup that would run a script, in one of several ways; as long as the shortest name may be with a few letters before it. */
const MARKUP = [
  '<img src=x onerror=__ran=1>',
  '"><svg onload=__ran=2>',
  '</p><script>__ran=3</script>',
  '<a href=javascript:__ran=4>',
  '<iframe onload=__ran=5>',
] as const;
/** What was written begins each text, so that a person is still found. */
const BEGIN = 2;
const MARK = /<img src=x|<svg onload|<script>|<a href=|<iframe/;

/** The fields that people write and others read. Keys, codes and choices stay what they are. */
const FREE = new Set(
  'name,address,relation,note,place,serial,reason,label,issuer,number,allergies,illnesses,medicines,doctor,text,finding,evidenceNumber,dishName,canteenName,title'.split(
    ',',
  ),
);
let turn = 0;
const hostile = (text: string): string => `${text.slice(0, BEGIN)}${MARKUP[turn++ % MARKUP.length]}`;

/** The value with every free text in it made hostile, however deep it lies. */
function poisoned(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return FREE.has(key) && value !== '' ? hostile(value) : value;
  if (Array.isArray(value)) return value.map((each) => poisoned(each, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, poisoned(each, name)]));
}
const poisonedItem = ({ table, item }: TownItem): TownItem => ({
  table,
  item: poisoned(item) as Record<string, unknown>,
});

let house: House;
beforeAll(async () => {
  house = await openHouse({ change: poisonedItem });
});
afterAll(() => house?.stop());

/** What of the page's own list was walked. */
const walked = new Set<string>();
/** On how many pages a hostile text stood, as text. */
let shown = 0;

/** Watches a window for anything that ran, or that the policy of the page had to stop. */
async function watched(page: Page): Promise<{ readonly found: string[] }> {
  const found: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) found.push(message.text());
  });
  page.on('dialog', (dialog) => {
    found.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('framenavigated', (frame) => {
    if (frame.url().startsWith('javascript:')) found.push(frame.url());
  });
  return { found };
}

/** Whether something ran, and what of the page was made from data: such an element has an address or a handler of ours. */
const INSPECT = `JSON.stringify({
  ran: globalThis.__ran ?? null,
  made: [...document.querySelectorAll('img[src="x"],svg[onload],iframe,[onerror],[onload],a[href^="javascript:"]')].map((e) => e.outerHTML),
  scripts: [...document.scripts].filter((e) => e.src === '').map((e) => e.textContent),
  text: document.body.innerText,
  title: document.title,
})`;

async function walk(person: string, pages: readonly (readonly [title: string, path: string])[]) {
  const page = await house.visit(person, PHONE);
  const { found } = await watched(page);
  for (const [title, path] of pages) {
    await go(page, path);
    await page.getByRole('heading', { level: 1 }).filter({ visible: true }).first().waitFor();
    await settled(page);
    const { ran, made, scripts, text } = JSON.parse(String(await page.evaluate(INSPECT)));
    if (ran !== null || made.length > 0 || scripts.length > 0)
      found.push(`${title}: ran ${ran}, made ${made.join(' ')}, scripts ${scripts.join(' ')}`);
    if (MARK.test(text)) shown += 1;
    walked.add(path.split('?')[0]?.slice(1) ?? '');
  }
  return { page, found };
}

it('are text on every page of families', async () => {
  const elderId = demoOf(house, 'north-city-daughter').elderIds?.[0] ?? '';
  const tomorrowsMeal =
    familyPages(house)
      .find(([title]) => title === 'dishes')?.[1]
      .split('?')[1] ?? '';
  const { page, found } = await walk('north-city-daughter', [
    ...familyPages(house),
    ['confirm', `/packages/family/confirm/index?${tomorrowsMeal}`],
    ['ordered', `/packages/family/ordered/index?orderId=${randomUUID()}`],
    ['meal-order', `/packages/family/meal-order/index?orderId=${randomUUID()}&elderId=${elderId}`],
    ['change-order', `/packages/family/change-order/index?orderId=${randomUUID()}&elderId=${elderId}`],
  ]);
  expect(found).toEqual([]);
  expect(shown).toBeGreaterThan(8);
  await page.context().close();
}, 180_000);

it('are text on every page of communities and canteens', async () => {
  const before = shown;
  const { found } = await walk('north-city-community', staffPages(house));
  expect(found).toEqual([]);
  expect(shown - before).toBeGreaterThan(5);
}, 180_000);

it('are text on every page of those on duty, with an alert whose note and caller are hostile', async () => {
  const elder = await house.visit('north-city-elder');
  const { found: onTheElders } = await watched(elder);
  const { alertId } = await press(elder);
  await walkOn(elder, onTheElders);
  const before = shown;
  const { found } = await walk('north-city-dispatcher', [
    ...DUTY_PAGES,
    ['alert', `/packages/duty/alert/index?alertId=${alertId}`],
  ]);
  expect(found).toEqual([]);
  expect(shown - before).toBeGreaterThan(2);
  expect((await walk('north-city-district', DISTRICT_PAGES)).found).toEqual([]);
  const { found: onTheFamilys } = await walk('north-city-daughter', [
    ['alert', `/packages/family/alert/index?alertId=${alertId}`],
  ]);
  expect(onTheFamilys).toEqual([]);
}, 180_000);

async function walkOn(page: Page, found: readonly string[]): Promise<void> {
  await settled(page);
  const { ran, made } = JSON.parse(String(await page.evaluate(INSPECT)));
  expect([ran, made, found]).toEqual([null, [], []]);
}

it('stand in the title of the window as they are', async () => {
  const page = await house.visit('north-city-community');
  const person = staffPages(house).find(([title]) => title === 'person')?.[1] ?? '';
  await go(page, person);
  await page.getByRole('heading', { level: 1 }).filter({ visible: true }).first().waitFor();
  await expect.poll(async () => MARK.test(await page.title()), { timeout: 10_000 }).toBe(true);
  expect(JSON.parse(String(await page.evaluate(INSPECT))).ran).toBeNull();
}, 60_000);

it('were tried on every page that the app has', () => {
  const config = readFileSync('miniprogram/src/app.config.ts', 'utf8');
  const roots = [...config.matchAll(/root: '([^']+)',\s+pages: \[([^\]]+)\]/g)];
  const own = /^ {2}pages: \[([^\]]+)\]/m.exec(config)?.[1] ?? '';
  const namesIn = (list: string) => [...list.matchAll(/'([^']+)'/g)].map(([, name]) => name);
  const all = [
    ...namesIn(own),
    ...roots.flatMap(([, root, list = '']) => namesIn(list).map((name) => `${root}/${name}`)),
  ];
  expect(all.length).toBeGreaterThan(40);
  // Whoever signs in has been on that page.
  expect(all.filter((name) => name !== 'pages/sign-in/index' && !walked.has(name ?? ''))).toEqual([]);
});

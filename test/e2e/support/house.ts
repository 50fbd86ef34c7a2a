import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { loadTownInto } from '../../../infra/local/demo-town.ts';
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from '../../../infra/local/local-cloud.ts';
import { listen } from '../../../infra/local/ports.ts';
import { makeTown, type Town } from '../../../infra/town/town.ts';
import type { TownItem } from '../../../infra/town/town-item.ts';
import { dateInChina, toInstant } from '../../../shared/values/dates.ts';
import { CHROMIUM_FLAGS, findChromium } from '../../support/chromium.ts';

export const PHONE = { width: 390, height: 844 } as const;
export const DESK = { width: 1280, height: 900 } as const;
export type Size = typeof PHONE | typeof DESK;

/** The whole system on this machine with a small town, and a browser in front of it. */
export interface House {
  readonly cloud: LocalCloud;
  /** Where everything is kept. */
  readonly data: string;
  /** A window of its own, signed in as a demo person by their WeChat code (`north-city-daughter`). */
  visit(person: string, size?: Size): Promise<Page>;
  /** A window in which nobody has signed in. */
  door(size?: Size): Promise<Page>;
  /** Ends the servers; the windows stay open. */
  down(): Promise<void>;
  /** Starts them again on the same data and, in a house of fixed ports, at the same addresses. */
  up(): Promise<void>;
  stop(): Promise<void>;
}

/** The page and its APIs take so many ports in a row. */
const PORTS = 4;

/** The first of some free ports in a row, below those that systems give to outgoing connections: nobody takes them meanwhile. */
async function freePorts(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const first = 20_000 + Math.floor(Math.random() * 1000) * 10;
    const servers = Array.from({ length: PORTS }, () => createServer());
    const taken = await Promise.allSettled(servers.map((server, place) => listen(server, first + place)));
    for (const server of servers) server.close();
    if (taken.every(({ status }) => status === 'fulfilled')) return first;
  }
  throw new Error('there are no free ports between 20000 and 30000');
}

const TOWN = { elders: 160, canteens: 4, seed: 7 } as const;

interface HouseOptions {
  readonly fixedPorts?: boolean;
  /** What becomes of each item of the town before it is written. */
  readonly change?: (item: TownItem) => TownItem;
}

export async function openHouse({ fixedPorts = false, change = (item) => item }: HouseOptions = {}): Promise<House> {
  const data = mkdtempSync(join(tmpdir(), 'anxin-e2e-'));
  const now = toInstant(Date.now());
  const town = makeTown({ ...TOWN, today: dateInChina(now), now });
  const port = fixedPorts ? await freePorts() : 0;
  const options: LocalCloudOptions = {
    port,
    data,
    quiet: true,
    page: true,
    load: (target) => loadTownInto(changed(town, change), target),
  };
  let cloud = await startLocalCloud(options);
  const browser: Browser = await chromium.launch({ executablePath: findChromium() ?? '', args: CHROMIUM_FLAGS });
  const contexts: BrowserContext[] = [];
  const door = async (size: Size = PHONE): Promise<Page> => {
    const context = await browser.newContext({ viewport: size, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(cloud.web);
    return page;
  };
  return {
    get cloud() {
      return cloud;
    },
    data,
    door,
    down: () => cloud.stop(),
    async up() {
      cloud = await startLocalCloud(options);
    },
    async visit(person, size = PHONE) {
      const page = await door(size);
      const demo = cloud.people.find(({ wechatCode }) => wechatCode === person);
      if (!demo) throw new Error(`there is no demo person ${person}`);
      const button = page.getByRole('button', { name: new RegExp(`我是${demo.name}`) }).first();
      await button.click();
      await button.waitFor({ state: 'detached' });
      return page;
    },
    async stop() {
      for (const context of contexts) await context.close();
      await browser.close();
      await cloud.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

const changed = (town: Town, change: (item: TownItem) => TownItem): Town => ({
  ...town,
  *communities() {
    for (const { elders, items } of town.communities()) {
      yield {
        elders,
        *items() {
          for (const item of items()) yield change(item);
        },
      };
    }
  },
});

/** Goes to a page by its address, as a link would. */
export async function go(page: Page, path: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(path)}`);
}

/** Waits until a page has nothing left to load. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.getByRole('status', { name: '正在打开…' }).first().waitFor({ state: 'detached' });
}

/** What axe finds that is serious or critical, in words. Taro keeps left pages in the document: only the one in sight counts. */
export async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    );
}

/** Keeps a picture where `ANXIN_PICTURES` names a folder, for the README and for looking at. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.ANXIN_PICTURES;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

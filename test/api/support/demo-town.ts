import { loadTownInto } from '../../../infra/local/demo-town.ts';
import { makeTown } from '../../../infra/town/town.ts';
import type { Person, Session } from '../../../shared/contracts/people.ts';
import { toInstant } from '../../../shared/values/dates.ts';
import { startTestCloud, type TestCloud, today } from './cloud.ts';

/** Who of the demo people: `daughter` of the first elder, `community` staff, `canteen` staff … */
export type DemoRole = 'daughter' | 'son' | 'elder' | 'community' | 'canteen' | 'district' | 'newcomer';

/** The cities whose rules run side by side, and what their published rules say of a lunch for somebody of 82 (`cities.md`, 1 and 2). */
export const CITIES = [
  { city: 'north-city', says: '乙: 80 or over pays 2 yuan', copay: 200, tier: '乙' },
  { city: 'lanzhou-chengguan', says: '75 or over pays 5 yuan of 15', copay: 500, tier: '75' },
] as const;

export interface DemoTown extends TestCloud {
  /** Signs a demo person in by the login code that WeChat gives. */
  signIn(city: string, who: DemoRole): Promise<Session>;
}

/** A town of twenty elders, ten in each city, with the people to sign in as, a month of orders and two weeks of menus. */
export async function startDemoTown(): Promise<DemoTown> {
  const made = makeTown({ elders: 20, canteens: 2, seed: 7, today: today(), now: toInstant(Date.now()) });
  const town = await startTestCloud((target) => loadTownInto(made, target));
  return {
    ...town,
    async signIn(city, who) {
      const { status, text, json } = await town.call('signIn', { body: { by: 'wechat', code: `${city}-${who}` } });
      if (status !== 200) throw new Error(`${city}-${who} cannot sign in: ${text}`);
      return json as Session;
    },
  };
}

/** The community in which a member of staff works. */
export const areaOf = ({ area }: Person): string => area ?? '';

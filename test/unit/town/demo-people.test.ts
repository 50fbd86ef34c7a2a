import { beforeAll, describe, expect, it } from 'vitest';
import { ElderRecord } from '../../../functions/elders/elder-record.ts';
import { OrderRecord } from '../../../functions/meals/order.ts';
import { priceOf } from '../../../functions/meals/price-order.ts';
import { SittingRecord } from '../../../functions/meals/sitting.ts';
import { StoredPerson } from '../../../functions/sessions/person.ts';
import { compilePolicies } from '../../../infra/policies/compile.ts';
import { makeTown, type Town } from '../../../infra/town/town.ts';
import type { Eating } from '../../../shared/contracts/canteens.ts';
import { isRefusal } from '../../../shared/contracts/refusal.ts';
import { compilePolicy } from '../../../shared/policy/engine.ts';
import { addDays, ageOn, type IsoDate, instantInChina } from '../../../shared/values/dates.ts';

const CITIES = ['north-city', 'lanzhou-chengguan'] as const;
const policies = compilePolicies().map(compilePolicy);

/** What the demo people of a town made on this day at this time of day have. */
function townAt(today: IsoDate, time: string, seed = 7) {
  const now = instantInChina(today, time);
  const town: Town = makeTown({ elders: 400, canteens: 2, seed, today, now });
  // What alerts know of them has keys of the same form, in a table of its own.
  const items = [...town.items()].filter(({ table }) => table !== 'alerts').map(({ item }) => item);
  const elders = new Map(
    items
      .filter(({ sk }) => sk === 'ELDER')
      .flatMap((item) => ('birthDate' in item ? [ElderRecord.parse(item)] : []))
      .map((elder) => [elder.elderId, elder]),
  );
  const sittings = items.filter(({ sk }) => String(sk).startsWith('SITTING#')).map((item) => SittingRecord.parse(item));
  const orders = items.filter(({ sk }) => sk === 'ORDER').map((item) => OrderRecord.parse(item));
  const tomorrow = addDays(today, 1);
  const who = (city: string, key: string) => {
    const person = town.people.find(({ wechatCode }) => wechatCode === `${city}-${key}`);
    if (!person) throw new Error(`nobody signs in as ${city}-${key}`);
    return person;
  };
  const elder = (elderId: string | undefined) => {
    const found = elders.get(elderId ?? '');
    if (!found) throw new Error(`no elder ${elderId}`);
    return found;
  };
  const lunchOf = (city: string, date = tomorrow) => {
    const found = sittings.find(
      ({ canteenId, date: on, sitting }) =>
        canteenId === who(city, 'canteen').canteenId && on === date && sitting === 'lunch',
    );
    if (!found) throw new Error(`no lunch in ${city} on ${date}`);
    return found;
  };
  const copay = (city: string, of: ElderRecord, eating: Eating) => {
    const usage = { day: { count: 0, subsidy: 0 }, month: { count: 0, subsidy: 0 } };
    const quoted = priceOf(policies, { elder: of, sitting: lunchOf(city), eating, usage });
    if (isRefusal(quoted)) throw new Error(quoted.refused);
    return [quoted.shares.person, quoted.tier?.code];
  };
  return { today, now, tomorrow, town, items, orders, who, elder, lunchOf, copay };
}

let made: ReturnType<typeof townAt>;
beforeAll(() => {
  made = townAt('2026-12-01', '10:00');
});

describe('the demo people', () => {
  it('are nine in each city, with the same ids, codes and phones in every town', () => {
    const seen = (town: Town) =>
      town.people.map(({ personId, wechatCode, phone, name }) => [personId, wechatCode, phone, name]);
    expect(made.town.people).toHaveLength(18);
    expect(seen(townAt('2027-03-01', '18:00', 99).town)).toEqual(seen(made.town));
  });

  it.each(CITIES)('of %s each have a stored person whom their WeChat account and phone lead to', (city) => {
    for (const person of made.town.people.filter((each) => each.city === city)) {
      const stored = made.items.find(({ pk, sk }) => pk === `PERSON#${person.personId}` && sk === 'PERSON');
      expect(StoredPerson.parse(stored)).toMatchObject({
        name: person.name,
        role: person.role,
        openid: person.openid,
      });
      const phones = person.phone === undefined ? [] : [`PHONE#${person.phone}`];
      for (const pk of [`WECHAT#${person.openid}`, ...phones]) {
        expect(made.items.filter((item) => item.pk === pk)).toMatchObject([{ personId: person.personId }]);
      }
    }
  });

  it.each(CITIES)('of %s: the newcomer has come by WeChat alone, the daughter lets it bring two messages', (city) => {
    const { personId } = made.who(city, 'daughter');
    expect(made.who(city, 'newcomer').phone).toBeUndefined();
    expect(made.who(city, 'daughter').consents).toBe(2);
    const told = [...made.town.items()].map(({ item }) => item);
    expect(told.filter(({ pk, sk }) => pk === `PERSON#${personId}` && sk === 'WECHAT-CONSENTS')).toMatchObject([
      { left: 2 },
    ]);
  });

  it.each([
    ['north-city', 200, 'yi'],
    ['lanzhou-chengguan', 500, '75-plus'],
  ] as const)('of %s: the daughter’s father is 82 and pays %i fen for a lunch (%s)', (city, person, tier) => {
    const { elderIds, role } = made.who(city, 'daughter');
    const father = made.elder(elderIds[0]);
    expect(role).toBe('family');
    expect(ageOn(father.birthDate, made.today)).toBe(82);
    expect(father.family).toEqual([made.who(city, 'daughter').personId]);
    expect(made.copay(city, father, 'dine-in')).toEqual([person, tier]);
  });

  it.each(['05:00', '10:00', '12:00', '23:30'])(
    'of a town made at %s: nothing is ordered for the father from tomorrow on, and tomorrow’s lunch is open',
    (time) => {
      for (const today of ['2026-11-28', '2026-11-30', '2026-12-31']) {
        const at = townAt(today, time);
        for (const city of CITIES) {
          const father = at.elder(at.who(city, 'daughter').elderIds[0]);
          const own = at.orders.filter(({ elderId }) => elderId === father.elderId);
          expect(own.filter(({ date }) => date > today)).toEqual([]);
          expect(own.length).toBeGreaterThan(20);
          const lunch = at.lunchOf(city);
          expect(lunch).toMatchObject({ open: true, settledAt: null });
          expect(lunch.closesAt > at.now).toBe(true);
          const placed = at.orders.filter(
            ({ canteenId, date, sitting, state }) =>
              canteenId === lunch.canteenId && date === lunch.date && sitting === 'lunch' && state === 'placed',
          );
          expect(placed.length).toBeLessThan(lunch.slots.reduce((sum, slot) => sum + slot.capacity, 0));
        }
      }
    },
  );

  it('show a severely disabled mother whose lunch is delivered free in city 2', () => {
    const mother = made.elder(made.who('lanzhou-chengguan', 'son').elderIds[1]);
    expect(made.copay('lanzhou-chengguan', mother, 'delivery')).toEqual([0, 'severely-disabled']);
    const own = made.orders.filter(({ elderId, date }) => elderId === mother.elderId && date > made.today);
    expect(own.map(({ eating, state }) => `${eating} ${state}`)).toContain('delivery placed');
  });

  it('show an elder who signs in herself and lost her only child', () => {
    const { role, elderIds } = made.who('north-city', 'elder');
    expect(role).toBe('elder');
    expect(made.copay('north-city', made.elder(elderIds[0]), 'dine-in')).toEqual([400, 'bing']);
  });

  it.each(CITIES)('of %s: staff stand at the level that they work for', (city) => {
    const community = made.elder(made.who(city, 'daughter').elderIds[0]).area.slice(0, 12);
    expect(made.who(city, 'community').area).toBe(community);
    expect(made.who(city, 'canteen')).toMatchObject({ area: community, canteenId: made.lunchOf(city).canteenId });
    expect(made.who(city, 'district').area).toBe(community.slice(0, 6));
  });

  it.each(CITIES)('of %s: the newcomer is bound to nobody, and was given a code that holds', (city) => {
    const { bindingCode, elderIds, boundTo } = made.who(city, 'newcomer');
    expect(elderIds).toEqual([]);
    expect(bindingCode).toMatch(/^\d{8}$/);
    expect(boundTo).toContain(bindingCode);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { refusalMessage } from '../../shared/contracts/refusal.ts';
import { eventually, startTestCloud, type TestCloud } from './support/cloud.ts';
import { aHome, type Home } from './support/home.ts';
import type { Answer } from './support/http.ts';

let town: TestCloud;
beforeAll(async () => {
  town = await startTestCloud();
});
afterAll(() => town?.stop());
afterEach(() => town.cloud.setFaults(''));

/** API Gateway waits 30 seconds for a function, and then answers 503 with no words of ours. */
const GATEWAY_WAITS_MS = 29_000;

/** What a family's and a canteen's day asks for: reads, lists, writes and their repeats. */
function aDay(home: Home): (() => Promise<Answer>)[] {
  const { elder, community, canteenId, orders, family, staff, cook } = home;
  const params = { elderId: elder.elderId };
  const orderId = crypto.randomUUID();
  const order = () => town.call('placeMealOrder', { params: { orderId }, body: home.placing() }, family);
  return [
    () => town.call('listMyElders', {}, family),
    () => town.call('getElder', { params }, family),
    () => town.call('getCareRecord', { params, query: { reason: 'meal-order' } }, family),
    order,
    order,
    () => town.call('getMealOrder', { params: { orderId: orders.ahead.orderId } }, family),
    () => town.call('listStandingOrders', { params }, family),
    () => town.call('listElders', { params: { area: community } }, staff),
    () => town.call('listCanteens', { params: { area: community } }, staff),
    () => town.call('getKitchenSheet', { params: { canteenId, date: orders.ahead.date, sitting: 'lunch' } }, cook),
    () => town.call('checkIn', { params: { orderId: orders.today.orderId }, body: { by: 'name' } }, cook),
    () => town.call('signIn', { body: { by: 'wechat', code: `guest-${home.n}` } }),
    () => town.call('requestOneTimeCode', { body: { phone: home.newPhone } }),
  ];
}

const isBusy = ({ status, json, headers }: Answer): boolean =>
  status === 503 &&
  json?.code === 'busy' &&
  json.message.zh === refusalMessage('busy').zh &&
  headers['retry-after'] === '2';

describe('a database that cannot keep up', () => {
  it('is told as busy where it is told at all, with words, and never as a fault; asked again, everything is done once', async () => {
    const homes = await Promise.all(Array.from({ length: 4 }, () => aHome(town)));
    await town.cloud.setFaults('dynamodb=throttle:0.3|conflict:0.3');
    const answers = await Promise.all(
      homes.map(async (home) => {
        const got: Answer[] = [];
        for (const ask of aDay(home)) got.push(await ask());
        return got;
      }),
    );
    const strange = answers.flat().filter((answer) => answer.status !== 200 && !isBusy(answer));
    expect(strange.map(({ status, text }) => `${status} ${text.slice(0, 200)}`)).toEqual([]);

    await town.cloud.setFaults('');
    for (const home of homes) {
      const parts = { params: { elderId: home.elder.elderId } };
      const body = home.placing();
      // Whether the first try got through or not: now there is one order, by whichever id.
      await town.call('placeMealOrder', { params: { orderId: crypto.randomUUID() }, body }, home.family);
      const days = { from: String(body.date), to: String(body.date) };
      const { json } = await town.call('listElderMealOrders', { ...parts, query: days }, home.family);
      expect(json.orders.filter(({ state }: { state: string }) => state === 'placed')).toHaveLength(1);
    }
  });
});

describe('a database that is away', () => {
  const fault = { code: 'fault', message: refusalMessage('fault') };

  it('is told as a fault with words, long before the gateway gives up', async () => {
    const home = await aHome(town);
    await town.cloud.setFaults('dynamodb=down');
    const before = Date.now();
    const answers = await Promise.all(aDay(home).map((ask) => ask()));
    expect(Date.now() - before).toBeLessThan(GATEWAY_WAITS_MS);
    for (const { status, json } of answers) expect([status, json]).toEqual([500, fault]);
  });

  it('takes as long when nothing outside answers at all', async () => {
    const home = await aHome(town);
    await town.cloud.setFaults('latency=60000ms');
    const before = Date.now();
    const answers = await Promise.all(aDay(home).map((ask) => ask()));
    expect(Date.now() - before).toBeLessThan(GATEWAY_WAITS_MS);
    // Whoever signs in waits for WeChat first, which does not answer either.
    const said = answers.map(({ status, json }) => `${status} ${json.code}`);
    expect(new Set(said)).toEqual(new Set(['500 fault', '503 wechat-unavailable']));
  });

  it('tells nothing of the inside, and is back as soon as it is back', async () => {
    const home = await aHome(town);
    const ask = () => town.call('listMyElders', {}, home.family);
    await town.cloud.setFaults('dynamodb=down');
    expect((await ask()).text).not.toMatch(/ECONN|socket|127\.0\.0\.1|at \w+ \(|Error/);
    await town.cloud.setFaults('');
    expect((await ask()).status).toBe(200);
  });
});

describe('answers that are lost after the work was done', () => {
  it('are found again: nothing is done twice', async () => {
    const homes = await Promise.all(Array.from({ length: 6 }, () => aHome(town)));
    await town.cloud.setFaults('dynamodb=timeout-after-commit:0.4');
    for (const home of homes) {
      const sent = { params: { orderId: crypto.randomUUID() }, body: home.placing() };
      const { json } = await eventually('an order', async () => {
        const answer = await town.call('placeMealOrder', sent, home.family);
        return answer.status === 200 && answer;
      });
      expect(json.orderId).toBe(sent.params.orderId);
    }
    await town.cloud.setFaults('');
    for (const { canteenId, cook, placing } of homes) {
      const params = { canteenId, date: String(placing().date), sitting: 'lunch' };
      expect((await town.call('getKitchenSheet', { params }, cook)).json).toMatchObject({ meals: 1 });
    }
  });
});

describe('messages that cannot be sent on', () => {
  it('hold nobody up who orders', async () => {
    const home = await aHome(town);
    await town.cloud.setFaults('sns=down,sqs=down');
    const { status } = await town.call(
      'placeMealOrder',
      { params: { orderId: crypto.randomUUID() }, body: home.placing() },
      home.family,
    );
    expect(status).toBe(200);
  });
});

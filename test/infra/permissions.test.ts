import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadTownInto } from '../../infra/local/demo-town.ts';
import { type LocalCloud, startLocalCloud } from '../../infra/local/local-cloud.ts';
import { makeTown } from '../../infra/town/town.ts';
import type { SittingView } from '../../shared/contracts/canteens.ts';
import { addDays, dateInChina, toInstant } from '../../shared/values/dates.ts';
import { eventually } from './fixture/cloud.ts';

const now = toInstant(Date.now());
const today = dateInChina(now);
const town = makeTown({ elders: 60, canteens: 2, seed: 3, city: 'north-city', today, now });
const coming = new URLSearchParams({ from: today, to: addDays(today, 8) });
const personOf = (name: string) => {
  const found = town.people.find(({ wechatCode }) => wechatCode === `north-city-${name}`);
  if (!found) throw new Error(`the town has no ${name}`);
  return found;
};

let cloud: LocalCloud;
const data = mkdtempSync(join(tmpdir(), 'anxin-permissions-'));
beforeAll(async () => {
  cloud = await startLocalCloud({
    port: 0,
    data,
    quiet: true,
    checkPermissions: true,
    load: (target) => loadTownInto(town, target),
  });
});
afterAll(async () => {
  await cloud?.stop();
  rmSync(data, { recursive: true, force: true });
});

/** Asks the API as somebody; anything but success is told with the reply. */
async function ask<T = Record<string, unknown>>(token: string, line: string, body?: object): Promise<T> {
  const [method = '', path] = line.split(' ');
  const response = await fetch(`${cloud.apis.AnxinApi}${path}`, {
    method,
    headers: { ...(token && { authorization: `Bearer ${token}` }), 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  expect(response.status, `${line}: ${text.slice(0, 300)}`).toBe(200);
  return (text.startsWith('{') ? JSON.parse(text) : text) as T;
}

interface Session {
  token: string;
  refreshToken: string;
}
const signIn = (name: string): Promise<Session> =>
  ask<Session>('', 'POST /sessions', { by: 'wechat', code: `north-city-${name}` });

/** A sitting of the canteen that can still be ordered, with a slot and a meal that it offers. */
async function openSitting(token: string, canteenId: string) {
  const { sittings } = await ask<{ sittings: SittingView[] }>(
    token,
    `GET /canteens/${canteenId}/sittings?from=${addDays(today, 1)}&to=${addDays(today, 7)}`,
  );
  const sitting = sittings.find(({ open, sitting: name }) => open && name === 'lunch');
  if (!sitting) throw new Error('no lunch can be ordered');
  const slot = sitting.slots.find(({ left }) => left > 2);
  const dishIds = Object.entries(sitting.choose).flatMap(([course, most]) =>
    sitting.dishes
      .filter((dish) => dish.course === course)
      .slice(0, most)
      .map(({ dishId }) => dishId),
  );
  return { canteenId, date: sitting.date, sitting: sitting.sitting, slotId: slot?.slotId ?? '', dishIds };
}

describe('the roles of the template are enough', () => {
  it('to sign in by WeChat or by phone, to go on, to register staff and to leave', async () => {
    const { token, refreshToken } = await signIn('district');
    const { phone, area = '' } = personOf('district');
    await ask(token, 'GET /sessions/current');
    await ask('', 'POST /sessions', { by: 'refresh', refreshToken });
    await ask('', 'POST /one-time-codes', { phone });
    const { messages } = (await (await fetch(`${cloud.web}/dev/messages`)).json()) as { messages: { text: string }[] };
    const code = /\d{6}/.exec(messages[0]?.text ?? '')?.[0];
    await ask('', 'POST /sessions', { by: 'phone', phone, code });
    const personId = randomUUID();
    const form = { name: '李明', phone: '13900009999', role: 'community-staff', area: `${area}001001` };
    await ask(token, `PUT /staff/${personId}`, form);
    await ask(token, `GET /areas/${area}/staff`);
    await ask(token, `DELETE /staff/${personId}`);
    await ask(token, 'DELETE /sessions/current');
    await ask('', 'POST /sessions', { by: 'wechat', code: 'guest-anna' });
  });

  it('to order, change, cancel, order for many, keep a standing order, and read one’s orders', async () => {
    const { token } = await signIn('daughter');
    const { elderIds } = personOf('daughter');
    const staff = (await signIn('community')).token;
    const { canteenId = '' } = personOf('canteen');
    const [elderId = ''] = elderIds;
    const { area = '' } = personOf('community');
    await ask(token, `GET /areas/${area}/canteens`);
    const { dishIds, slotId, ...sitting } = await openSitting(token, canteenId);
    const eating = 'dine-in';
    for (const order of (
      await ask<{ orders: { orderId: string; date: string; state: string }[] }>(
        token,
        `GET /elders/${elderId}/meal-orders?${coming}`,
      )
    ).orders) {
      if (order.state === 'placed' && order.date === sitting.date)
        await ask(token, `PUT /meal-orders/${order.orderId}/cancellation`, {});
    }
    await ask(token, `GET /meal-quotes?${new URLSearchParams({ elderId, ...sitting, eating })}`);
    const orderId = randomUUID();
    const placed = await ask<{ rev: number }>(staff, `PUT /meal-orders/${orderId}`, {
      elderId,
      ...sitting,
      slotId,
      eating,
      dishIds,
      confirmDietClash: true,
    });
    await ask(token, `GET /meal-orders/${orderId}`);
    await ask(staff, `PUT /meal-orders/${orderId}/choices`, { rev: placed.rev, note: '少油', confirmDietClash: true });
    await ask(token, `PUT /meal-orders/${orderId}/cancellation`, {});
    const again = { orderId: randomUUID(), elderId, ...sitting, slotId, eating, dishIds, confirmDietClash: true };
    await ask(staff, 'POST /meal-orders', { orders: [again] });
    const standing = `/elders/${elderId}/standing-orders`;
    const standingOrderId = randomUUID();
    await ask(token, `PUT ${standing}/${standingOrderId}`, {
      canteenId,
      sitting: 'lunch',
      weekdays: [1, 2, 3, 4, 5],
      slotId,
      eating,
      from: addDays(today, 8),
    });
    await ask(token, `GET ${standing}`);
    await ask(token, `DELETE ${standing}/${standingOrderId}`);
  });

  it('to run a sitting: list, kitchen sheet, CSV, figures', async () => {
    const { token } = await signIn('canteen');
    const { canteenId = '', area = '' } = personOf('canteen');
    const { date, sitting } = await openSitting(token, canteenId);
    const at = `/canteens/${canteenId}/sittings/${date}/${sitting}`;
    await ask(token, `GET ${at}/orders`);
    await ask(token, `GET ${at}/kitchen-sheet`);
    await ask(token, `GET ${at}/kitchen-sheet.csv`);
    const staff = (await signIn('community')).token;
    await ask(staff, `GET /areas/${area}/meal-figures?from=${addDays(today, -7)}&to=${today}`);
  });

  it('to register elders, keep their care record, bind a family and withdraw a consent', async () => {
    const { token } = await signIn('community');
    const { area = '' } = personOf('community');
    await ask(token, `GET /areas/${area}/elders`);
    const elderId = randomUUID();
    const form = {
      name: '周淑华',
      sex: 'female',
      birthDate: '1948-03-01',
      area: `${area}001`,
      address: '一号楼',
      localHousehold: true,
      allergens: [],
      diets: [],
      rev: 0,
    };
    await ask(token, `PUT /elders/${elderId}`, form);
    await ask(token, `GET /elders/${elderId}`);
    const evidence = { kind: '社区证明' };
    await ask(token, `PUT /elders/${elderId}/tags/living-alone`, { since: '2025-01-01', evidence });
    await ask(token, `PUT /elders/${elderId}/ability`, { level: 'mild', assessedOn: '2026-01-01', evidence });
    await ask(token, `GET /elders/${elderId}/care-record?reason=visit`);
    await ask((await signIn('district')).token, `GET /elders/${elderId}/access-log`);
    const { code } = await ask<{ code: string }>(token, `POST /elders/${elderId}/binding-codes`, {});
    const guest = await ask<Session & { person: { personId: string } }>('', 'POST /sessions', {
      by: 'wechat',
      code: 'guest-binding',
    });
    await ask(guest.token, 'POST /bindings', {
      code,
      name: '周小红',
      relation: 'daughter',
      consents: ['care-services', 'diet-to-canteen'],
    });
    await ask(guest.token, 'GET /elders');
    await ask(guest.token, `PUT /elders/${elderId}/consents/diet-to-canteen`, { granted: false });
    await ask(token, `GET /elders/${elderId}/bindings`);
    await ask(guest.token, `DELETE /elders/${elderId}/bindings/${guest.person.personId}`);
    const csv = `姓名,性别,出生日期,网格,地址\n吴秀英,女,1950-02-03,${area}001,二号楼\n`;
    const report = await ask(token, `POST /areas/${area}/elder-imports`, { csv, dryRun: false });
    expect(report).toMatchObject({ imported: 1, errors: [] });
  });

  it('to tell the kitchen of a death: from the elder’s stream over topic and queue to the order', async () => {
    const { token } = await signIn('community');
    const { elderIds } = personOf('son');
    const [elderId = ''] = elderIds;
    const { canteenId = '' } = personOf('canteen');
    const { dishIds, slotId, ...sitting } = await openSitting(token, canteenId);
    type Orders = { orders: { date: string; state: string }[] };
    const states = async (): Promise<string[]> =>
      (await ask<Orders>(token, `GET /elders/${elderId}/meal-orders?${coming}`)).orders
        .filter(({ date }) => date === sitting.date)
        .map(({ state }) => state);
    if (!(await states()).includes('placed')) {
      await ask(token, `PUT /meal-orders/${randomUUID()}`, {
        elderId,
        ...sitting,
        slotId,
        eating: 'dine-in',
        dishIds,
        confirmDietClash: true,
      });
    }
    await ask(token, `PUT /elders/${elderId}/absence`, { reason: 'travel', from: addDays(today, 30) });
    await ask(token, `DELETE /elders/${elderId}/absence`);
    await ask(token, `PUT /elders/${elderId}/death`, { diedOn: today });
    await eventually(
      'the order is cancelled',
      async () => ((await states()).includes('placed') ? undefined : true),
      20_000,
    );
  });

  it.each(['OnFillStandingOrders', 'OnSettleSittings'])('for the scheduled run of %s', async (name) => {
    await expect(cloud.invoke(name, {})).resolves.toBeUndefined();
  });
});

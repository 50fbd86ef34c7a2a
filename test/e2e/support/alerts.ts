import { createPrivateKey, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import type { Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { SESSION_ALGORITHM, SESSION_ISSUER } from '../../../functions/platform/who.ts';
import type { AlertDetail, AlertView } from '../../../shared/contracts/alerts.ts';
import type { Session } from '../../../shared/contracts/people.ts';
import { toInstant } from '../../../shared/values/dates.ts';
import type { House } from './house.ts';

/** Longer than the two seconds of the button, by what a busy machine needs. */
const HOLD_MS = 2300;

/** What stands in sight: the web keeps the pages that one has left in the document. */
export const inSight = (page: Page, text: string | RegExp) => page.getByText(text).filter({ visible: true }).first();
export const sees = (page: Page, text: string | RegExp, timeout?: number) =>
  inSight(page, text).waitFor(timeout === undefined ? {} : { timeout });
export const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name }).filter({ visible: true }).last();
export const tap = (page: Page, name: string | RegExp) => button(page, name).click();

/** Presses the emergency button with the mouse for as long as it takes. */
export async function holdSos(page: Page): Promise<void> {
  const sos = page.getByRole('button', { name: /求助.*按住 2 秒/ }).filter({ visible: true });
  // While one page gives way to another, both are in sight.
  await expect.poll(() => sos.count(), { timeout: 10_000 }).toBe(1);
  await sos.scrollIntoViewIfNeeded();
  const box = await sos.boundingBox();
  if (box === null) throw new Error('the emergency button is not in sight');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.waitForTimeout(HOLD_MS);
  await page.mouse.up();
}

/** Asks for help, and answers which alert it is and when the server has said yes (ms since 1970). */
export async function press(page: Page): Promise<{ alertId: string; yesAt: number }> {
  const answered = page.waitForResponse(
    (response) => response.request().method() === 'PUT' && /\/alerts\/[\w-]+$/.test(response.url()),
  );
  await holdSos(page);
  const response = await answered;
  const yesAt = Date.now();
  expect(response.status()).toBe(200);
  return { alertId: response.url().split('/').at(-1) ?? '', yesAt };
}

/** A value as the app keeps it in this browser. */
export async function kept<T>(page: Page, key: string): Promise<T> {
  const text = await page.evaluate(`localStorage.getItem(${JSON.stringify(`anxin:${key}`)})`);
  return JSON.parse((JSON.parse(String(text)) as { data: string }).data) as T;
}

async function keep(page: Page, key: string, value: unknown): Promise<void> {
  const text = JSON.stringify({ data: JSON.stringify(value) });
  await page.evaluate(`localStorage.setItem(${JSON.stringify(`anxin:${key}`)}, ${JSON.stringify(text)})`);
}

/** Asks an API as the person at this page would. Throws what was refused. */
export async function ask<T>(
  house: House,
  page: Page,
  [api, method, path]: readonly [api: 'AnxinApi' | 'AnxinAlerts', method: string, path: string],
  body?: unknown,
): Promise<T> {
  const { token } = await kept<Session>(page, 'session');
  const response = await fetch(`${house.cloud.apis[api]}${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** Every alert of an elder, as somebody who may see them is told. */
export async function alertsOf(house: House, page: Page, elderId: string): Promise<readonly AlertView[]> {
  const path = `/elders/${elderId}/alerts`;
  return (await ask<{ alerts: AlertView[] }>(house, page, ['AnxinAlerts', 'GET', path])).alerts;
}

export const detailOf = (house: House, page: Page, alertId: string): Promise<AlertDetail> =>
  ask<AlertDetail>(house, page, ['AnxinAlerts', 'GET', `/alerts/${alertId}`]);

/** Ends an alert at the desk, so that the next press is another alert. */
export async function endAlert(house: House, desk: Page, alertId: string): Promise<void> {
  const form = { stepId: randomUUID(), note: '核实过了，人没事' };
  await ask(house, desk, ['AnxinAlerts', 'POST', `/alerts/${alertId}/false-alarm`], form);
}

/** The alert of somebody on the board. */
export const rowOf = (desk: Page, name: string) =>
  desk.getByRole('list', { name: '求助' }).getByRole('listitem', { name, exact: true });

/** From now on it can be asked what this page sounds: how many rings are playing. To be called before the first ring. */
export async function listenTo(page: Page): Promise<void> {
  await page.evaluate(`
    window.ringing = new Set();
    const { start, stop } = AudioBufferSourceNode.prototype;
    AudioBufferSourceNode.prototype.start = function (...args) { window.ringing.add(this); return start.apply(this, args); };
    AudioBufferSourceNode.prototype.stop = function (...args) { window.ringing.delete(this); return stop.apply(this, args); };
  `);
}

/** Whether it rings, and can be heard. */
export const rings = async (page: Page): Promise<boolean> =>
  Boolean(await page.evaluate(`[...window.ringing].some(({ context }) => context.state === 'running')`));

/** Binds a family member to an elder, as the community and the family do it: by a code. */
export async function bindFamily(
  house: House,
  { community, family, elderId }: { community: Page; family: Page; elderId: string },
): Promise<void> {
  const path = `/elders/${elderId}/binding-codes`;
  const { code } = await ask<{ code: string }>(house, community, ['AnxinApi', 'POST', path]);
  const { person } = await kept<Session>(family, 'session');
  const form = { code, name: person.name, relation: 'other', consents: ['care-services'] };
  await ask(house, family, ['AnxinApi', 'POST', '/bindings'], form);
  // Alerts are told of it by an event.
  const isKnown = async () => {
    const contacts = await ask<{ contacts: { personId?: string }[] }>(house, community, [
      'AnxinAlerts',
      'GET',
      `/elders/${elderId}/contacts`,
    ]);
    return contacts.contacts.some(({ personId }) => personId === person.personId);
  };
  await vi.waitUntil(isKnown, { timeout: 20_000, interval: 200 });
}

/** The session of the elder at this phone becomes one that ended an hour ago and cannot be renewed. Takes effect with a reload. */
export async function expireSession(house: House, phone: Page): Promise<void> {
  const session = await kept<Session>(phone, 'session');
  const endedAt = Math.floor(Date.now() / 1000) - 3600;
  const key = createPrivateKey(readFileSync(join(house.data, 'session-key.pem'), 'utf8'));
  const { personId, role, elderId } = session.person;
  const token = await new SignJWT({ role, elderId })
    .setProtectedHeader({ alg: SESSION_ALGORITHM, typ: 'JWT' })
    .setIssuer(SESSION_ISSUER)
    .setAudience('local')
    .setSubject(personId)
    .setIssuedAt(endedAt - 7200)
    .setExpirationTime(endedAt)
    .sign(key);
  const refreshToken = Buffer.alloc(32, 7).toString('base64url');
  await keep(phone, 'session', { ...session, token, refreshToken, expiresAt: toInstant(endedAt * 1000) });
  await keep(phone, 'sos:pass', { ...(await kept<object>(phone, 'sos:pass')), token });
}

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientConfig } from '../../infra/local/clients.ts';
import { type LocalCloud, startLocalCloud } from '../../infra/local/local-cloud.ts';
import { loadTown } from '../../infra/town/load-town.ts';
import { makeTown } from '../../infra/town/town.ts';
import { townClient } from '../../infra/town/town-client.ts';
import type { AlertBoard, AlertDetail, HealthNotesOpening, InboxEntry } from '../../shared/contracts/alerts.ts';
import type { CheckTask, Contact } from '../../shared/contracts/circle.ts';
import type { DomainEvent } from '../../shared/contracts/events.ts';
import { dateInChina, monthOf, toInstant } from '../../shared/values/dates.ts';
import { eventually } from './fixture/cloud.ts';

/** Every function of AnxinAlerts at work with its role of the template and no more; at the end nothing was refused to any of them. */
const now = toInstant(Date.now());
const today = dateInChina(now);
const town = makeTown({ elders: 60, canteens: 2, seed: 3, city: 'north-city', today, now });
const personOf = (name: string) => {
  const found = town.people.find(({ wechatCode }) => wechatCode === `north-city-${name}`);
  if (!found) throw new Error(`the town has no ${name}`);
  return found;
};

let cloud: LocalCloud;
const tokens: Record<string, string> = {};
const data = mkdtempSync(join(tmpdir(), 'anxin-permissions-'));
beforeAll(async () => {
  cloud = await startLocalCloud({
    port: 0,
    data,
    quiet: true,
    checkPermissions: true,
    async load({ endpoint, tables }) {
      const { ELDERS_TABLE = '', MEALS_TABLE = '', SESSIONS_TABLE = '', ALERTS_TABLE } = tables;
      const db = townClient(endpoint);
      const names = { eldersTable: ELDERS_TABLE, mealsTable: MEALS_TABLE, sessionsTable: SESSIONS_TABLE };
      await loadTown(town, { db, ...names, alertsTable: ALERTS_TABLE });
      return town.people;
    },
  });
  for (const name of ['elder', 'daughter', 'community', 'district', 'dispatcher']) {
    const response = await fetch(`${cloud.apis.AnxinApi}/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ by: 'wechat', code: `north-city-${name}` }),
    });
    tokens[name] = ((await response.json()) as { token: string }).token;
  }
});
afterAll(async () => {
  await cloud?.stop();
  rmSync(data, { recursive: true, force: true });
});

/** Asks AnxinAlerts as somebody; anything but success is told with the reply. */
async function ask<T = Record<string, unknown>>(who: string, line: string, body?: object): Promise<T> {
  const [method = '', path] = line.split(' ');
  const response = await fetch(`${cloud.apis.AnxinAlerts}${path}`, {
    method,
    headers: { authorization: `Bearer ${tokens[who] ?? who}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  expect(response.status, `${line}: ${text.slice(0, 300)}`).toBe(200);
  return (text.startsWith('{') ? JSON.parse(text) : text) as T;
}
const step = (more: object = {}) => ({ stepId: randomUUID(), note: '已电话联系', ...more });
const [herself = ''] = personOf('elder').elderIds;
const district = personOf('dispatcher').area ?? '';
const community = personOf('community').area ?? '';

/** A press of the elder, once the desk sees it. */
async function aPress(): Promise<string> {
  const alertId = randomUUID();
  await ask('elder', `PUT /alerts/${alertId}`, { source: 'app' });
  return eventually('the board shows it', async () => {
    const { alerts } = await ask<AlertBoard>('dispatcher', `GET /areas/${district}/alerts`);
    return alerts.find((alert) => alert.alertId === alertId)?.alertId;
  });
}
const detail = (alertId: string): Promise<AlertDetail> => ask('dispatcher', `GET /alerts/${alertId}`);
const told = (alertId: string, notice: string, channel: string) =>
  eventually(
    `${notice} by ${channel}`,
    async () =>
      (await detail(alertId)).deliveries.find(
        (each) => each.notice === notice && each.channel === channel && each.state === 'sent',
      ),
    75_000,
  );

describe('the roles of AnxinAlerts are enough', () => {
  it('from a press to everybody who is called first, by every channel, and to the next wave', async () => {
    const alertId = await aPress();
    for (const channel of ['inbox', 'sms', 'voice']) await told(alertId, 'wave-1', channel);
    // The timer of the second wave, as the policy sets it: half a minute.
    await told(alertId, 'wave-2', 'inbox');
    await ask('elder', `POST /alerts/${alertId}/call-off`, step()).catch(() => undefined);
    await ask('dispatcher', `POST /alerts/${alertId}/false-alarm`, step());
  });

  it('to answer an alert to its end, to open health notes and have that reviewed', async () => {
    const alertId = await aPress();
    await ask('dispatcher', `POST /alerts/${alertId}/acknowledge`, step());
    await ask('dispatcher', `POST /alerts/${alertId}/notes`, step());
    const { people } = await ask<{ people: { personId: string }[] }>('dispatcher', `GET /areas/${district}/duty`);
    const other = people.find(({ personId }) => personId !== personOf('dispatcher').personId);
    if (other) await ask('dispatcher', `POST /alerts/${alertId}/hand-over`, step({ to: other.personId }));
    await ask('community', `POST /alerts/${alertId}/health-notes`, { reason: '救护车需要' });
    await ask('community', `POST /alerts/${alertId}/arrive`, step());
    await ask('dispatcher', `POST /alerts/${alertId}/resolve`, step({ outcome: 'helped-at-home' }));
    await ask('dispatcher', `GET /alerts/${alertId}/timeline.csv`);
    await ask('elder', `GET /elders/${herself}/alerts`);
    const { openings } = await ask<{ openings: HealthNotesOpening[] }>(
      'district',
      `GET /areas/${district}/health-notes-openings`,
    );
    const opening = openings.find((each) => each.alertId === alertId);
    const review = { finding: 'justified', note: '有据' };
    await ask('district', `POST /alerts/${alertId}/health-notes-openings/${opening?.openingId}/review`, review);
  });

  it('to read the report and one’s messages', async () => {
    const month = monthOf(today);
    await ask('district', `GET /areas/${district}/alert-report?month=${month}`);
    await ask('district', `GET /areas/${district}/alert-report.csv?month=${month}`);
    const { entries } = await eventually('a message', async () => {
      const inbox = await ask<{ entries: InboxEntry[] }>('dispatcher', 'GET /inbox');
      return inbox.entries.length > 0 ? inbox : undefined;
    });
    await ask('dispatcher', `POST /inbox/${entries[0]?.entryId}/read`);
  });

  it('to keep contacts and health notes, to try a contact, and for a drill', async () => {
    const contactId = randomUUID();
    const path = `/elders/${herself}/contacts`;
    await ask('elder', `PUT ${path}/${contactId}`, { kind: 'neighbour', name: '邻居', phone: '13900001234', order: 9 });
    await ask<Contact>('elder', `POST ${path}/${contactId}/test`);
    await eventually('the test is heard', async () => cloud.received().find(({ to }) => to === '13900001234'));
    await ask('elder', `GET ${path}`);
    await ask('elder', `DELETE ${path}/${contactId}`);
    await ask('elder', `PUT /elders/${herself}/health-notes`, { allergies: '青霉素' });
    await ask('elder', `GET /elders/${herself}/health-notes`);
    await ask('community', `POST /elders/${herself}/drills`, { alertId: randomUUID() });
  });

  it('for a device from its first day to its last', async () => {
    const deviceId = randomUUID();
    const form = { kind: 'key', area: `${community}001`, elderId: herself };
    const { token } = await ask<{ token: string }>('community', `PUT /devices/${deviceId}`, form);
    await ask(token, `POST /devices/${deviceId}/heartbeats`, { batteryPercent: 80 });
    await ask('community', `POST /devices/${deviceId}/test`);
    await ask(token, `PUT /alerts/${randomUUID()}`, { source: 'key' });
    await ask('community', `GET /areas/${community}/devices`);
    await ask('elder', `GET /elders/${herself}/devices`);
    await ask('community', `POST /devices/${deviceId}/revoke`);
    await ask('district', `POST /people/${personOf('community').personId}/revoke`);
  });

  it('for what is told of elders, and for the check that follows two missed meals', async () => {
    const sns = new SNSClient(clientConfig(cloud.engines.messaging));
    const event: DomainEvent = {
      type: 'meal-missed',
      orderId: randomUUID(),
      elderId: herself,
      canteenId: 'canteen',
      date: today,
      sitting: 'lunch',
      running: 2,
      at: toInstant(Date.now()),
    };
    await sns.send(
      new PublishCommand({
        TopicArn: cloud.environment.DOMAIN_EVENTS_TOPIC_ARN,
        Message: JSON.stringify(event),
        MessageAttributes: { type: { DataType: 'String', StringValue: event.type } },
      }),
    );
    sns.destroy();
    const task = await eventually('a check task', async () => {
      const { tasks } = await ask<{ tasks: CheckTask[] }>('dispatcher', `GET /areas/${community}/check-tasks`);
      return tasks.find(({ elderId }) => elderId === herself);
    });
    await ask('dispatcher', `POST /check-tasks/${task.taskId}/done`, { finding: 'needs-help', note: '摔倒了' });
    const leave = await fetch(`${cloud.apis.AnxinApi}/elders/${herself}/death`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${tokens.community}`, 'content-type': 'application/json' },
      body: JSON.stringify({ diedOn: today }),
    });
    expect(leave.status).toBe(200);
  });

  it.each(['OnSweep', 'OnSilentDevices', 'OnDrills', 'OnCanary'])(
    'for the scheduled run of %s',
    async (name) => {
      await expect(cloud.invoke(name, {})).resolves.toBeUndefined();
    },
    60_000,
  );

  it('and nothing was refused to any function, also of what nobody waits for', async () => {
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect([...new Set(cloud.denied())]).toEqual([]);
  });
});

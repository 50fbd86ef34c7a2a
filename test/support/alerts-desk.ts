import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { cardItem } from '../../functions/alerts/circle/card-store.ts';
import { personItem, rosterItems } from '../../functions/alerts/circle/keep-person.ts';
import type { AlertDeps } from '../../functions/alerts/deps.ts';
import { receiveQueued } from '../../functions/alerts/keep/receive-queued.ts';
import { alertKey, contactKey, deviceKey } from '../../functions/alerts/keys.ts';
import { timerCame } from '../../functions/alerts/ladder/timer-came.ts';
import { NoticeMessage, PressMessage, TimerMessage } from '../../functions/alerts/messages.ts';
import type { ChannelQueues } from '../../functions/alerts/notices/publish-notice.ts';
import { AlertRecord, type ContactRecord, type PressRecord, type Recipient } from '../../functions/alerts/records.ts';
import { type AlertStep, CHANNELS } from '../../shared/contracts/alerts.ts';
import type { ElderTold, PersonTold } from '../../shared/contracts/events.ts';
import chengguan from '../../shared/policies/lanzhou-chengguan.2026-01.json' with { type: 'json' };
import type { AlertRules } from '../../shared/policy/alert-rules.ts';
import { compilePolicy } from '../../shared/policy/engine.ts';
import { Policy } from '../../shared/policy/policy.ts';
import { toInstant } from '../../shared/values/dates.ts';
import { COMMUNITY, daughter, GRID, id, NOW } from './a-town.ts';
import { startDynamo, type TestDynamo } from './dynamodb.ts';

const DISTRICT = COMMUNITY.slice(0, 6);

/** The ladder of these tests. The district's other rules are its own. */
const SOURCE = 'test';
const LADDER: AlertRules = {
  joinSeconds: 180,
  callOffSeconds: 10,
  nextStepSeconds: 240,
  repeatSeconds: 90,
  waves: [
    { id: 'desk-and-family', after: 0, call: ['dispatchers', 'family'], source: SOURCE },
    { id: 'hotline', after: 30, call: ['call-centre'], source: SOURCE },
    { id: 'grid', after: 60, call: ['grid-worker'], source: SOURCE },
    { id: 'community', after: 120, call: ['community-duty', 'neighbours'], source: SOURCE },
    { id: 'volunteers', after: 180, call: ['volunteers'], source: SOURCE },
    { id: 'emergency', after: 240, call: ['emergency-services'], channels: ['inbox', 'voice'], source: SOURCE },
  ],
  partners: {
    hotline: {
      name: { zh: '调度中心', en: 'Dispatch' },
      callee: 'call-centre',
      webhook: 'https://dispatch.example/alerts',
    },
    ambulance: { name: { zh: '120急救', en: 'Ambulance' }, callee: 'emergency-services', phone: '120' },
  },
  source: SOURCE,
};
const person = (n: number, name: string, over: Omit<Partial<PersonTold>, 'role'> & Pick<PersonTold, 'role'>) =>
  ({ personId: id(n), name, phone: `1390000${n}`, rev: 1, ...over }) satisfies PersonTold;

/** Everybody around the elder. */
export const AROUND = {
  dispatcher: person(8001, '李调度', { role: 'dispatcher', area: DISTRICT }),
  gridWorker: person(8003, '孙网格', { role: 'grid-worker', area: GRID }),
  duty: person(8005, '吴社区', { role: 'community-staff', area: COMMUNITY }),
  daughter: { ...person(9001, '王小梅', { role: 'family' }), personId: daughter.personId, openid: 'openid-daughter' },
  stranger: person(9003, '无关', { role: 'family' }),
} as const;
export const NEIGHBOUR: ContactRecord = {
  contactId: id(5001),
  kind: 'neighbour',
  name: '张邻居',
  phone: '13700005001',
  order: 1,
};

export const anElderTold = (over: Partial<ElderTold> = {}): ElderTold => ({
  elderId: id(1),
  name: '王建国',
  sex: 'male',
  birthDate: '1944-05-01',
  phone: '19900001111',
  area: GRID,
  address: '滨河路1号1单元101',
  localHousehold: true,
  tags: [],
  family: [daughter.personId],
  diedOn: null,
  rev: 1,
  ...over,
});

let serial = 0x9000;
/** A press of the elder in the app. A new id each time, unless one is given. */
export const aPress = (over: Partial<PressRecord> = {}): PressRecord => ({
  pressId: id(++serial),
  at: NOW,
  source: 'app',
  elderId: id(1),
  by: { personId: id(7001), role: 'elder' },
  drill: false,
  ...over,
});

/** A key of the community, bound to nobody unless it says so. */
export const aDevice = (over: { deviceId: string; elderId?: string; place?: string; testUntil?: string }) => ({
  ...deviceKey(over.deviceId),
  kind: 'key',
  area: COMMUNITY,
  registeredAt: NOW,
  tokensFrom: 0,
  rev: 1,
  ...over,
});

/** A moment some seconds after NOW. */
export const plus = (seconds: number): string => toInstant(Date.parse(NOW) + seconds * 1000);

interface Sent {
  readonly queue: string;
  readonly message: unknown;
  readonly delaySeconds: number;
}

export interface AlertsDesk extends AlertDeps {
  readonly pressesAgainQueue: string;
  readonly dynamo: TestDynamo;
  /** What the topic took, oldest first. */
  readonly published: { readonly message: unknown; readonly attributes: Readonly<Record<string, unknown>> }[];
  /** What the queues took, oldest first. */
  readonly sent: Sent[];
  /** Set to make the topic, or queues by their name, refuse. */
  readonly faults: { topic: boolean; queues: Set<string> };
  put(item: Record<string, unknown>): Promise<void>;
  contact(contact: ContactRecord): Promise<void>;
  /** Every notice that left, by either way; of all alerts, or of one. */
  notices(alertId?: string): NoticeMessage[];
  /** Keeps a press as the queue does: at its own moment, or later. */
  keep(press: PressRecord, now?: string, attempt?: number): Promise<void>;
  alert(alertId: string): Promise<AlertRecord>;
  part(alertId: string, prefix: string): Promise<Record<string, unknown>[]>;
  timeline(alertId: string): Promise<AlertStep['kind'][]>;
  /** Lets time pass: every timer that falls due until then comes, in its order, at its moment. */
  passUntil(end: string): Promise<void>;
  /** An elder of their own for a test, whose alerts nobody else's presses join. Answers the id. */
  elder(over?: Partial<ElderTold>): Promise<string>;
  /** Whom the notices of a channel name. */
  called(channel: Recipient['channel'], alertId?: string): string[];
  /** The items of a partition. */
  items(pk: string): Promise<Record<string, unknown>[]>;
  /** Forgets what was sent until now, and mends what was broken. */
  mend(): void;
  /** Forgets what was sent until now. */
  forget(): void;
}

/** A real database that knows an elder and everybody around, with a topic and queues that keep what they are given. */
export async function anAlertsDesk(): Promise<AlertsDesk> {
  const dynamo = await startDynamo();
  const alertsTable = await dynamo.createTable('alerts');
  const published: AlertsDesk['published'] = [];
  const sent: Sent[] = [];
  const timers: { at: string; timer: TimerMessage }[] = [];
  const faults = { topic: false, queues: new Set<string>() };
  let now = NOW;
  const put = async (Item: Record<string, unknown>) => {
    await dynamo.client.send(new PutCommand({ TableName: alertsTable, Item }));
  };
  const items = async (pk: string, prefix = '') => {
    const { Items = [] } = await dynamo.client.send(
      new QueryCommand({
        TableName: alertsTable,
        KeyConditionExpression: `pk = :pk${prefix === '' ? '' : ' AND begins_with(sk, :part)'}`,
        ExpressionAttributeValues: { ':pk': pk, ...(prefix !== '' && { ':part': prefix }) },
        ConsistentRead: true,
      }),
    );
    return Items;
  };
  const part = (alertId: string, prefix: string) => items(alertKey(alertId).pk, prefix);
  const forget = () => {
    published.length = 0;
    sent.length = 0;
  };
  const notices = (alertId?: string): NoticeMessage[] => {
    const messages = [...published, ...sent.filter(({ queue }) => queue !== 'timers' && queue !== 'presses')];
    return messages
      .map(({ message }) => NoticeMessage.safeParse(message).data)
      .filter((one) => one !== undefined && (alertId === undefined || one.alertId === alertId)) as NoticeMessage[];
  };
  const deps: AlertDeps = {
    db: dynamo.client,
    alertsTable,
    pressesQueue: 'presses',
    timersQueue: 'timers',
    policies: [compilePolicy({ ...Policy.parse(chengguan), alerts: LADDER })],
    channelQueues: Object.fromEntries(CHANNELS.map((channel) => [channel, channel])) as ChannelQueues,
    publish: async (message, attributes) => {
      if (faults.topic) throw new Error('the topic is down');
      published.push({ message: structuredClone(message), attributes });
    },
    send: async (queue, message, delaySeconds = 0) => {
      if (faults.queues.has(queue)) throw new Error(`the queue ${queue} is down`);
      sent.push({ queue, message: structuredClone(message), delaySeconds });
      const at = toInstant(Date.parse(now) + delaySeconds * 1000);
      if (queue === 'timers') timers.push({ at, timer: TimerMessage.parse(message) });
    },
  };
  const people = Object.values(AROUND);
  const known = [...people.map(personItem), ...rosterItems(people), cardItem(anElderTold(), NOW)];
  for (const item of known) await put(item);
  const contact = (one: ContactRecord) => put({ ...contactKey(id(1), one.contactId), ...one });
  await contact(NEIGHBOUR);
  return {
    ...deps,
    pressesAgainQueue: 'presses-again',
    dynamo,
    published,
    sent,
    faults,
    put,
    contact,
    part,
    notices,
    keep: (press, at = press.at, attempt = 1) => {
      now = at;
      return receiveQueued(deps, PressMessage.parse({ type: 'press', press }).press, { attempt, now: at });
    },
    alert: async (alertId) => AlertRecord.parse((await part(alertId, 'ALERT'))[0]),
    timeline: async (alertId) => (await part(alertId, 'STEP#')).map(({ kind }) => kind as AlertStep['kind']),
    passUntil: async (end) => {
      for (;;) {
        timers.sort((a, b) => a.at.localeCompare(b.at));
        const next = timers[0];
        if (next === undefined || next.at > end) break;
        timers.shift();
        now = next.at;
        await timerCame(deps, next.timer, now);
      }
      now = end;
    },
    elder: async (over = {}) => {
      const elderId = id(++serial);
      await put(cardItem(anElderTold({ elderId, ...over }), NOW));
      return elderId;
    },
    called: (channel, alertId) =>
      notices(alertId).flatMap(({ recipients }) =>
        recipients.filter((recipient) => recipient.channel === channel).map(({ to }) => to),
      ),
    items,
    mend: () => {
      faults.topic = false;
      faults.queues.clear();
      forget();
    },
    forget,
  };
}

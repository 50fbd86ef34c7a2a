import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { AnswerDeps } from '../../functions/alerts/answer/deps.ts';
import { cardItem } from '../../functions/alerts/circle/card-store.ts';
import { personItem, rosterItems } from '../../functions/alerts/circle/keep-person.ts';
import { alertKey, currentKey, historyKey, monthIndex, openIndex, stepKey } from '../../functions/alerts/keys.ts';
import { NoticeMessage, TimerMessage } from '../../functions/alerts/messages.ts';
import type { AlertRecord } from '../../functions/alerts/records.ts';
import type { Who } from '../../functions/platform/who.ts';
import { CHANNELS } from '../../shared/contracts/alerts.ts';
import type { ElderTold, PersonTold } from '../../shared/contracts/events.ts';
import { toInstant } from '../../shared/values/dates.ts';
import { COMMUNITY, GRID, id, NOW } from './a-town.ts';
import { startDynamo, type TestDynamo } from './dynamodb.ts';

const CITY = COMMUNITY.slice(0, 4);
const DISTRICT = COMMUNITY.slice(0, 6);

const person = (n: number, name: string, role: Who['role'], area?: string): PersonTold => ({
  personId: id(n),
  name,
  role,
  phone: `1390000${n}`,
  ...(area !== undefined && { area }),
  rev: 1,
});
/** Everybody whom these tests know by name. */
export const PEOPLE = {
  dispatcher: person(8001, '李调度', 'dispatcher', CITY),
  second: person(8002, '赵调度', 'dispatcher', DISTRICT),
  gridWorker: person(8003, '孙网格', 'grid-worker', GRID),
  otherGrid: person(8004, '周网格', 'grid-worker', `${COMMUNITY}002`),
  duty: person(8005, '吴社区', 'community-staff', COMMUNITY),
  district: person(8006, '郑主任', 'district-staff', DISTRICT),
  elsewhere: person(8007, '冯远', 'community-staff', '620103001001'),
  cook: person(8008, '陈师傅', 'canteen-staff', COMMUNITY),
  daughter: { ...person(9001, '王小梅', 'family'), openid: 'openid-daughter' },
  son: person(9002, '王小军', 'family'),
  stranger: person(9003, '无关', 'family'),
} as const;
export const who = (name: keyof typeof PEOPLE): Who => {
  const { personId, role, area } = PEOPLE[name];
  return { personId, role, ...(area !== undefined && { area }) };
};
/** The elder of the alerts, signed in. */
export const elderSelf: Who = { personId: id(7001), role: 'elder', elderId: id(1) };

/** A moment some seconds after the press. */
export const plus = (seconds: number): string => toInstant(Date.parse(NOW) + seconds * 1000);

/** An alert that has just been raised by the elder, and whose first wave is being called. */
export const anAlert = (over: Partial<AlertRecord> = {}): AlertRecord => ({
  alertId: id(1),
  subject: `elder:${id(1)}`,
  elderId: id(1),
  name: '王建国',
  birthDate: '1944-05-01',
  phone: '19900001111',
  address: '滨河路1号1单元101',
  area: GRID,
  family: [PEOPLE.daughter.personId, PEOPLE.son.personId],
  contacts: [{ name: '王小梅', callee: 'family', relation: '女儿', phone: '13800138000' }],
  source: 'key',
  raisedBy: { personId: elderSelf.personId, role: 'elder' },
  raisedAt: NOW,
  drill: false,
  canary: false,
  unverified: false,
  plan: {
    policy: 'default',
    joinSeconds: 120,
    callOffSeconds: 15,
    nextStepSeconds: 300,
    repeatSeconds: 60,
    waves: [
      { after: 0, callees: ['dispatchers', 'family'], channels: ['inbox', 'wechat', 'voice', 'sms'] },
      { after: 60, callees: ['grid-worker', 'community-duty'], channels: ['inbox', 'voice'] },
    ],
  },
  state: 'calling',
  wave: 1,
  dueAt: plus(60),
  waitingSince: NOW,
  presses: 1,
  rev: 1,
  ...over,
});

export interface AnsweringDesk extends AnswerDeps {
  readonly dynamo: TestDynamo;
  /** What was sent, oldest first. */
  readonly notices: NoticeMessage[];
  readonly timers: TimerMessage[];
  put(item: Record<string, unknown>): Promise<void>;
  /** Puts an alert with its first step, as keep does it; answers it. A new id each time, unless one is given. */
  raise(over?: Partial<AlertRecord>): Promise<AlertRecord>;
}

let serial = 10_000;
export const newId = (): string => id(++serial);

/** A real database of its own that knows the people and the elder, and what is sent is kept in lists. */
export async function anAnsweringDesk(): Promise<AnsweringDesk> {
  const dynamo = await startDynamo();
  const alertsTable = await dynamo.createTable('alerts');
  const notices: NoticeMessage[] = [];
  const timers: TimerMessage[] = [];
  const put = async (Item: Record<string, unknown>) => {
    await dynamo.client.send(new PutCommand({ TableName: alertsTable, Item }));
  };
  const people = Object.values(PEOPLE);
  for (const item of [...people.map(personItem), ...rosterItems(people), cardItem(ELDER, NOW)]) await put(item);
  return {
    dynamo,
    db: dynamo.client,
    alertsTable,
    timersQueue: 'timers',
    policies: [],
    channelQueues: Object.fromEntries(CHANNELS.map((channel) => [channel, channel])) as AnswerDeps['channelQueues'],
    publish: async (message) => {
      notices.push(NoticeMessage.parse(message));
    },
    send: async (_queue, message) => {
      timers.push(TimerMessage.parse(message));
    },
    notices,
    timers,
    put,
    raise: async (over = {}) => {
      const alertId = over.alertId ?? newId();
      const alert = anAlert({ subject: `elder:${alertId}`, ...over, alertId });
      const { area, raisedAt, elderId, raisedBy } = alert;
      const open = alert.closedAt === undefined ? openIndex(area, raisedAt, alertId) : {};
      await put({ ...alertKey(alertId), ...open, ...monthIndex(area, raisedAt, alertId), ...alert });
      await put({
        ...stepKey(alertId, raisedAt, alertId),
        stepId: alertId,
        at: raisedAt,
        kind: 'raised',
        by: raisedBy,
      });
      await put({ ...currentKey(alert.subject), alertId, openedAt: raisedAt, joinUntil: plus(120) });
      if (elderId !== undefined) await put({ ...historyKey(elderId, raisedAt, alertId), alertId });
      return alert;
    },
  };
}

const ELDER: ElderTold = {
  elderId: id(1),
  name: '王建国',
  sex: 'male',
  birthDate: '1944-05-01',
  phone: '19900001111',
  area: GRID,
  address: '滨河路1号1单元101',
  localHousehold: true,
  tags: [],
  family: [PEOPLE.daughter.personId, PEOPLE.son.personId],
  diedOn: null,
  rev: 1,
};

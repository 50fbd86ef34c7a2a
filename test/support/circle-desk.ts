import { generateKeyPairSync, sign } from 'node:crypto';
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { CircleDeps } from '../../functions/alerts/circle/deps.ts';
import { keepCard } from '../../functions/alerts/circle/keep-card.ts';
import { keepPerson } from '../../functions/alerts/circle/keep-person.ts';
import { inboxOf } from '../../functions/alerts/keys.ts';
import { NoticeMessage, PressMessage, TimerMessage } from '../../functions/alerts/messages.ts';
import type { PressRecord } from '../../functions/alerts/records.ts';
import { deviceVerifier } from '../../functions/platform/device-token.ts';
import type { Who } from '../../functions/platform/who.ts';
import type { ElderTold, PersonTold } from '../../shared/contracts/events.ts';
import chengguan from '../../shared/policies/lanzhou-chengguan.2026-01.json' with { type: 'json' };
import { type CompiledPolicy, compilePolicy } from '../../shared/policy/engine.ts';
import { Policy } from '../../shared/policy/policy.ts';
import { COMMUNITY, daughter, GRID, id, NOW, staff } from './a-town.ts';
import { startDynamo, type TestDynamo } from './dynamodb.ts';

export const dispatcher: Who = { personId: id(9101), role: 'dispatcher', area: COMMUNITY.slice(0, 6) };
export const gridWorker: Who = { personId: id(9102), role: 'grid-worker', area: GRID };
export const districtStaff: Who = { personId: id(9103), role: 'district-staff', area: COMMUNITY.slice(0, 6) };
export const elsewhere: Who = { personId: id(9104), role: 'community-staff', area: '620102001002' };

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

export const aPersonTold = (over: Partial<PersonTold> = {}): PersonTold => ({
  personId: daughter.personId,
  name: '王小梅',
  role: 'family',
  phone: '19900002222',
  openid: 'openid-daughter',
  rev: 1,
  ...over,
});

export interface CircleDesk extends CircleDeps {
  readonly dynamo: TestDynamo;
  /** What was published or sent, oldest first. */
  readonly notices: NoticeMessage[];
  readonly timers: TimerMessage[];
  readonly presses: PressRecord[];
  /** Set to let every message fail. */
  broken: boolean;
  readonly verifyDevice: ReturnType<typeof deviceVerifier>;
  item(key: { pk: string; sk: string }): Promise<Record<string, unknown> | undefined>;
  inbox(who: Pick<Who, 'personId'>): Promise<Record<string, unknown>[]>;
  /** An elder with their daughter; the community's staff and the grid worker on duty. */
  furnish(): Promise<void>;
}

const policies: readonly CompiledPolicy[] = [compilePolicy(Policy.parse(chengguan))];

/** A real database of its own with an empty alerts table, a real key, and ears where messages go. */
export async function aCircleDesk(): Promise<CircleDesk> {
  const dynamo = await startDynamo();
  const alertsTable = await dynamo.createTable('alerts');
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const heard = { notices: [] as NoticeMessage[], timers: [] as TimerMessage[], presses: [] as PressRecord[] };
  const hear = async (message: object) => {
    if (desk.broken) throw new Error('SNS and SQS are down');
    const notice = NoticeMessage.safeParse(message);
    const press = PressMessage.safeParse(message);
    if (notice.success) heard.notices.push(notice.data);
    else if (press.success) heard.presses.push(press.data.press);
    else heard.timers.push(TimerMessage.parse(message));
  };
  const queue = 'http://127.0.0.1/queue';
  const desk: CircleDesk = {
    dynamo,
    db: dynamo.client,
    alertsTable,
    policies,
    stage: 'test',
    templateId: 'template-of-alerts',
    signer: async (data) => sign('RSA-SHA256', data, privateKey),
    publish: hear,
    send: (_queue, message) => hear(message),
    channelQueues: { inbox: queue, wechat: queue, sms: queue, voice: queue, partner: queue, canary: queue },
    pressesQueue: queue,
    timersQueue: queue,
    ...heard,
    broken: false,
    verifyDevice: deviceVerifier({
      publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      stage: 'test',
    }),
    item: async (Key) =>
      (await dynamo.client.send(new GetCommand({ TableName: alertsTable, Key, ConsistentRead: true }))).Item,
    inbox: async ({ personId }) => {
      const { Items = [] } = await dynamo.client.send(
        new QueryCommand({
          TableName: alertsTable,
          KeyConditionExpression: 'pk = :inbox',
          ExpressionAttributeValues: { ':inbox': inboxOf(personId) },
        }),
      );
      return Items;
    },
    furnish: async () => {
      await keepCard(desk, anElderTold(), NOW);
      await keepPerson(desk, aPersonTold());
      for (const { personId, role, area } of [staff, gridWorker, dispatcher, districtStaff, elsewhere])
        await keepPerson(desk, aPersonTold({ personId, name: `${role}`, role, area, phone: '19900003333' }));
    },
  };
  return desk;
}

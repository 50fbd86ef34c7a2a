import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { StoredPerson } from '../../../functions/sessions/person.ts';
import { API_OF, type ApiName } from '../../../shared/route.ts';
import type { RouteName } from '../../../shared/routes.ts';
import { type Parts, requestTo, routeOf } from '../../api/support/http.ts';
import { id } from '../../support/a-town.ts';
import { dayAhead, elderId } from '../../support/loaded-cloud.ts';
import { lunchOf } from '../orders/load.ts';
import { ELDERS } from './world.ts';

type Random = () => number;
type Asks = (person: StoredPerson, random: Random) => Parts;

const elder = (random: Random) => Math.floor(random() * ELDERS);
const ofArea: Asks = ({ area = '' }) => ({ params: { area } });
/** Lists of elders and figures are of a community: where somebody works elsewhere or for more, of the first one there is. */
const ofCommunity: Asks = ({ area = '' }) => ({
  params: { area: area.length >= 12 ? area.slice(0, 12) : '620102001001' },
});
const ofElder: Asks = (_, random) => ({ params: { elderId: elderId(elder(random)) } });
const step = { stepId: id(1) };

/** What people ask for while they work, and what somebody would try who was just told to go. Routes of every function, reads and writes. */
const ASKED: readonly (readonly [RouteName, Asks])[] = [
  ['whoAmI', () => ({})],
  ['listStaff', ofArea],
  ['listElders', ofCommunity],
  ['getElder', ofElder],
  ['makeBindingCode', ofElder],
  ['listCanteens', ofCommunity],
  [
    'getMealFigures',
    (person, random) => ({ ...ofCommunity(person, random), query: { from: dayAhead(0), to: dayAhead(2) } }),
  ],
  [
    'placeMealOrder',
    (_, random) => ({
      params: { orderId: randomUUID() },
      body: lunchOf(elder(random), { date: dayAhead(Math.floor(random() * 6)) }),
    }),
  ],
  ['alertBoard', ofArea],
  ['myInbox', () => ({})],
  ['peopleOnDuty', ofArea],
  ['acknowledgeAlert', () => ({ params: { alertId: id(1) }, body: step })],
  ['listDevices', ofArea],
  ['listCheckTasks', ofArea],
  // To come back, and to bring somebody in.
  [
    'putStaff',
    ({ personId, name, phone, role, area, canteenId }) => ({
      params: { personId },
      body: { name, phone, role, area, canteenId },
    }),
  ],
  [
    'putStaff',
    ({ personId, phone = '', area = '' }) => ({
      params: { personId: personId.replace(/^0/, '1') },
      body: {
        name: '同伙',
        phone: phone.replace(/^130/, '132'),
        role: 'grid-worker',
        area: `${area.slice(0, 12).padEnd(12, '0')}`,
      },
    }),
  ],
];

/** A request that somebody of this role may make. */
export function askOf(person: StoredPerson, random: Random): { readonly name: RouteName; readonly parts: Parts } {
  const may = ASKED.filter(([name]) => (routeOf(name).role as readonly string[]).includes(person.role));
  const [name, asks] = may[Math.floor(random() * may.length)] as (typeof ASKED)[number];
  return { name, parts: asks(person, random) };
}

const agent = new Agent({ keepAlive: true });
const PATIENCE_MS = 30_000;

export interface Answered {
  /** 0: no answer came. */
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of every shape
  readonly json: any;
}

/** Sends one request on a connection that is kept. A lost one is status 0. */
export function sender(apis: Readonly<Record<ApiName, string>>) {
  return (name: RouteName, parts: object, token?: string): Promise<Answered> =>
    new Promise((resolve) => {
      const { method, path, headers, body } = requestTo(name, parts, token);
      const none = { status: 0, json: undefined };
      const outgoing = request(
        `${apis[API_OF[routeOf(name).feature]]}${path}`,
        {
          agent,
          method,
          headers: { ...headers, ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }) },
          timeout: PATIENCE_MS,
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', () => resolve(none));
          incoming.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            resolve({ status: incoming.statusCode ?? 0, json: text.startsWith('{') ? JSON.parse(text) : undefined });
          });
        },
      );
      outgoing.on('timeout', () => outgoing.destroy());
      outgoing.on('error', () => resolve(none));
      outgoing.end(body);
    });
}

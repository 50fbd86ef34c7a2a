import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { cardKey, consentsKey, dutyKey, personKey } from '../../../functions/alerts/keys.ts';
import type { DutyRoster, ElderCard, ReachablePerson, WechatConsents } from '../../../functions/alerts/records.ts';
import type { LocalCloudOptions } from '../../../infra/local/local-cloud.ts';
import { LOCAL_MESSAGE_TEMPLATE } from '../../../infra/local/message-template.ts';
import { id } from '../../support/a-town.ts';
import { documentClientAt } from '../../support/loaded-cloud.ts';

/** The district in which everybody of this proof lives: Chengguan, whose policy has a ladder and a call centre. */
export const DISTRICT = '620102';
const AREA = `${DISTRICT}001001001`;
const WRITES_AT_ONCE = 25;

/** The n-th elder, and the daughter who is told of their alerts. */
export const elderOf = (n: number): string => id(0x200000 + n);
export const daughterOf = (n: number): string => id(0x600000 + n);
export const DISPATCHER = id(0x700001);

/** How the daughter of the n-th elder can be rung: families are of every kind in turn. */
export interface Daughter {
  readonly openid: string;
  readonly phone?: string;
  /** How many messages WeChat may bring her. */
  readonly consents: number;
}
const KINDS = [
  { hasPhone: true, consents: 0 },
  { hasPhone: true, consents: 2 },
  { hasPhone: false, consents: 1 },
  { hasPhone: false, consents: 0 },
] as const;
export function familyOf(n: number): Daughter {
  const { hasPhone, consents } = KINDS[n % KINDS.length] ?? KINDS[0];
  return { openid: `openid-${n}`, consents, ...(hasPhone && { phone: `137${String(n).padStart(8, '0')}` }) };
}

function* items(elders: number): Generator<Record<string, unknown>> {
  const desk: DutyRoster = {
    area: DISTRICT,
    people: { [DISPATCHER]: { name: '值守员', role: 'dispatcher', phone: '13900000001' } },
  };
  yield { ...dutyKey(DISTRICT), ...desk };
  for (let n = 0; n < elders; n++) {
    const { phone, openid, consents } = familyOf(n);
    const daughter: ReachablePerson = {
      personId: daughterOf(n),
      name: '女儿',
      role: 'family',
      ...(phone !== undefined && { phone }),
      openid,
      rev: 1,
    };
    const given: WechatConsents = { personId: daughterOf(n), templateId: LOCAL_MESSAGE_TEMPLATE, left: consents };
    const card: ElderCard = {
      elderId: elderOf(n),
      name: `老人${n}`,
      sex: 'female',
      birthDate: '1944-05-01',
      phone: `138${String(n).padStart(8, '0')}`,
      area: AREA,
      address: `滨河路${n}号`,
      localHousehold: true,
      tags: [],
      family: [daughter.personId],
      diedOn: null,
      rev: 1,
    };
    yield { ...personKey(daughter.personId), ...daughter };
    if (consents > 0) yield { ...consentsKey(daughter.personId), ...given };
    yield { ...cardKey(card.elderId), ...card };
  }
}

/** Fills the alerts table of a local cloud that has just been created: one elder for each alert that is to be raised. */
export const loadCircles =
  (elders: number): NonNullable<LocalCloudOptions['load']> =>
  async ({ endpoint, tables }) => {
    const db = documentClientAt(endpoint);
    const table = tables.ALERTS_TABLE ?? '';
    const all = [...items(elders)];
    for (let start = 0; start < all.length; start += WRITES_AT_ONCE) {
      const batch = all.slice(start, start + WRITES_AT_ONCE);
      await db.send(
        new BatchWriteCommand({ RequestItems: { [table]: batch.map((Item) => ({ PutRequest: { Item } })) } }),
      );
    }
    db.destroy();
    return Array.from({ length: elders }, (_, n) => ({
      name: '女儿',
      role: 'family',
      boundTo: `老人${n}`,
      ...familyOf(n),
    }));
  };

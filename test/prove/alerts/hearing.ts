import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { DELIVERIES, EVIDENCE } from '../../../functions/alerts/keys.ts';
import { DeliveryRecord } from '../../../functions/alerts/records.ts';
import { quantile, round } from '../../bench/median.ts';
import type { Press } from './press.ts';
import { daughterOf, familyOf } from './world.ts';

/** A message that a stand-in of a channel got. `at`: ms since the epoch. */
export interface Heard {
  readonly at: number;
  readonly channel: string;
  readonly to: string;
  readonly alertId: string;
  readonly notice: string;
}

export interface AlertFigures {
  readonly raised: number;
  readonly answered_to_caller: number;
  /** A yes was given, and no alert and no press is stored. */
  lost: number;
  /** A yes was given, and nobody was told: no person, no desk, no call centre. */
  heard_by_nobody: number;
  /** Of the alerts that got a yes: families whom a call, a text message or WeChat can reach, and those whom one of them did reach. */
  families_reachable: number;
  families_heard: number;
  /** Reachable, and nothing that rings reached them. */
  families_unheard: number;
  /** Not reachable, and the ledger says that something that rings reached them. */
  families_counted_in_vain: number;
  /** The same words to the same person by the same channel, beyond the first. */
  duplicated_to_person: number;
  ring_p50_ms: number;
  ring_p95_ms: number;
  ring_p99_ms: number;
  answer_p99_ms: number;
}

/** No yes was lost, everybody who got one was heard, and so was every family that can be. */
export const isHeard = ({ lost, heard_by_nobody, families_unheard, families_counted_in_vain }: AlertFigures): boolean =>
  lost + heard_by_nobody + families_unheard + families_counted_in_vain === 0;

interface Stored {
  /** The alert that each press belongs to. */
  readonly alertOf: ReadonlyMap<string, string>;
  readonly pressed: ReadonlySet<string>;
  readonly told: readonly Heard[];
}

/** The first call, with the table or without it. */
const FIRST = new Set(['wave-0', 'wave-1']);

/** Everything the alerts table says of presses, alerts and deliveries. */
async function storedIn(db: DynamoDBDocumentClient, TableName: string): Promise<Stored> {
  const alertOf = new Map<string, string>();
  const pressed = new Set<string>();
  const told: Heard[] = [];
  for await (const { Items = [] } of paginateScan({ client: db }, { TableName, ConsistentRead: true })) {
    for (const item of Items) {
      const [pk, sk] = [String(item.pk), String(item.sk)];
      if (sk === 'PRESS') pressed.add(String(item.pressId));
      if (!pk.startsWith('ALERT#')) continue;
      const alertId = pk.slice('ALERT#'.length);
      if (sk === 'ALERT') alertOf.set(alertId, alertId);
      if (sk.startsWith(EVIDENCE)) alertOf.set(String(item.pressId), alertId);
      if (sk.startsWith(DELIVERIES)) {
        const { state, at, channel, to, notice } = DeliveryRecord.parse(item);
        if (state === 'sent') told.push({ at: Date.parse(at), channel, to, alertId, notice });
      }
    }
  }
  return { alertOf, pressed, told };
}

/** Holds what callers were told against what is stored and what was heard. */
export async function figuresOf(
  db: DynamoDBDocumentClient,
  table: string,
  presses: readonly Press[],
  received: readonly Heard[],
): Promise<AlertFigures> {
  const { alertOf, pressed, told } = await storedIn(db, table);
  const rings = new Map<string, number>();
  for (const { alertId, at, notice } of [...told, ...received]) {
    if (!FIRST.has(notice)) continue;
    rings.set(alertId, Math.min(at, rings.get(alertId) ?? Number.POSITIVE_INFINITY));
  }
  const yes = presses.filter(({ answeredAt }) => answeredAt !== undefined);
  const ringOf = ({ alertId }: Press) => rings.get(alertOf.get(alertId) ?? alertId);
  const seconds = presses.flatMap((press) => {
    const at = ringOf(press);
    return at === undefined ? [] : [at - press.pressedAt];
  });
  const sentences = received.map(({ alertId, notice, channel, to }) => `${alertId} ${notice} ${channel} ${to}`);
  return {
    raised: presses.length,
    answered_to_caller: yes.length,
    lost: yes.filter(({ alertId }) => !alertOf.has(alertId) && !pressed.has(alertId)).length,
    heard_by_nobody: yes.filter((press) => ringOf(press) === undefined).length,
    ...families(yes, alertOf, told, received),
    duplicated_to_person: sentences.length - new Set(sentences).size,
    ring_p50_ms: round(quantile(seconds, 0.5), 0),
    ring_p95_ms: round(quantile(seconds, 0.95), 0),
    ring_p99_ms: round(quantile(seconds, 0.99), 0),
    answer_p99_ms: round(
      quantile(
        yes.map(({ answeredAt = 0, pressedAt }) => answeredAt - pressedAt),
        0.99,
      ),
      0,
    ),
  };
}

/** What the families of those who pressed have heard: by what the world outside was told, and by what the ledger says. */
function families(
  yes: readonly Press[],
  alertOf: Stored['alertOf'],
  told: readonly Heard[],
  received: readonly Heard[],
) {
  const wasTold = new Set(received.map(({ alertId, to }) => `${alertId} ${to}`));
  const isCounted = new Set(
    told.filter(({ channel }) => channel !== 'inbox').map(({ alertId, to }) => `${alertId} ${to}`),
  );
  const seen = yes.map(({ n, alertId }) => {
    const { phone, openid, consents } = familyOf(n);
    const alert = alertOf.get(alertId) ?? alertId;
    return {
      isReachable: phone !== undefined || consents > 0,
      isHeard: [phone, openid].some((to) => to !== undefined && wasTold.has(`${alert} ${to}`)),
      isCounted: isCounted.has(`${alert} ${daughterOf(n)}`),
    };
  });
  const reachable = seen.filter(({ isReachable }) => isReachable);
  return {
    families_reachable: reachable.length,
    families_heard: seen.filter(({ isHeard }) => isHeard).length,
    families_unheard: reachable.filter(({ isHeard }) => !isHeard).length,
    families_counted_in_vain: seen.filter(({ isHeard, isCounted }) => isCounted && !isHeard).length,
  };
}

/** Whether every press that got a yes has reached somebody, so that the proof need not wait longer. */
export async function allHeard(
  db: DynamoDBDocumentClient,
  table: string,
  presses: readonly Press[],
  received: readonly Heard[],
): Promise<boolean> {
  return isHeard(await figuresOf(db, table, presses, received));
}

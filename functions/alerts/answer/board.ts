import * as z from 'zod/mini';
import type { AlertBoard } from '../../../shared/contracts/alerts.ts';
import { type Refusal, refuse } from '../../../shared/contracts/refusal.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import { decodeCursor, encodeCursor } from '../../platform/cursor.ts';
import type { Who } from '../../platform/who.ts';
import { cityOf, openOfCity } from '../keys.ts';
import { readable } from '../readable.ts';
import { AlertRecord } from '../records.ts';
import { alertView, tieOf } from './alert-view.ts';
import type { AnswerDeps } from './deps.ts';
import { queryAll } from './query-all.ts';

/** What a desk can look at, and a phone can hold. */
export const BOARD_PAGE = 200;

/** The levels of area above one, as long as the alerts there can be. */
const LEVELS = [4, 6, 9, 12] as const;
const above = (area: string): string[] =>
  LEVELS.filter((digits) => digits < area.length).map((digits) => area.slice(0, digits));

/** Where an alert stands on the board. Two never stand at one place, so that a page can begin behind any. */
const Place = z.strictObject({ place: z.string().check(z.maxLength(120)) });

/**
 * The board: a page of what is open in an area, by who has waited longest (`placeOf`): none is ever left out, the rest is on the next
 * page. Dispatchers also see the alerts of which no area is known; whoever was handed an alert of a wider area sees that one. The
 * stage's tests of itself are left out.
 *
 * Refuses: `invalid-request` (a cursor that is none).
 */
export async function alertBoard(
  deps: AnswerDeps,
  who: Who,
  { area, cursor, now }: { readonly area: string; readonly cursor?: string | undefined; readonly now: Instant },
): Promise<AlertBoard | Refusal> {
  const from = decodeCursor(cursor, Place);
  if (from === 'unreadable') return refuse('invalid-request', [{ path: 'query.cursor' }]);
  const open = await onBoard(deps, who, area);
  const left = open.filter(({ place }) => from === undefined || place > from.place);
  const page = left.slice(0, BOARD_PAGE);
  const last = page.at(-1);
  return {
    at: now,
    alerts: page.map(({ alert, tie }) => alertView(alert, { who, tie }, now)),
    open: open.length,
    waiting: open.filter(({ alert }) => rankOf(alert) <= RANKS.unverified).length,
    unverified: open.filter(({ alert }) => alert.unverified).length,
    ...(left.length > page.length && last && { cursor: encodeCursor({ place: last.place }) }),
  };
}

/** Everything that a person's board has, in its order. */
async function onBoard(deps: AnswerDeps, who: Who, area: string) {
  const city = cityOf(area);
  const [here, unknown, ...wider] = await Promise.all([
    openAlerts(deps, city, area),
    who.role === 'dispatcher' ? openAlerts(deps, cityOf(''), '#') : [],
    ...above(area).map((prefix) => openAlerts(deps, city, `${prefix}#`)),
  ]);
  const handed = wider.flat().filter(({ owner }) => owner?.personId === who.personId);
  return [...here, ...unknown, ...handed]
    .filter(({ canary }) => !canary)
    .flatMap((alert) => {
      const tie = tieOf(who, alert);
      return tie === undefined ? [] : [{ alert, tie, place: placeOf(alert) }];
    })
    .sort((a, b) => (a.place < b.place ? -1 : 1));
}

const RANKS = { waiting: 0, drill: 1, unverified: 2, calledOff: 3, answered: 4 } as const;

/** Real before drills, verified before unverified; then what was called off, and what somebody has. */
function rankOf({ waitingSince, calledOffAt, unverified, drill }: AlertRecord): number {
  if (waitingSince === undefined) return RANKS.answered;
  if (calledOffAt !== undefined) return RANKS.calledOff;
  return unverified ? RANKS.unverified : drill ? RANKS.drill : RANKS.waiting;
}

/** By rank, and in each rank the one first that has waited longest. */
const placeOf = (alert: AlertRecord): string =>
  `${rankOf(alert)}#${alert.waitingSince ?? alert.raisedAt}#${alert.alertId}`;

async function openAlerts({ db, alertsTable }: AnswerDeps, city: string, area: string): Promise<AlertRecord[]> {
  const items = await queryAll(db, {
    TableName: alertsTable,
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :city AND begins_with(gsi1sk, :area)',
    ExpressionAttributeValues: { ':city': openOfCity(city), ':area': area },
  });
  return readable(items, AlertRecord);
}

import type { AlertBoard } from '../../../shared/contracts/alerts.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import type { Who } from '../../platform/who.ts';
import { cityOf, openOfCity } from '../keys.ts';
import { AlertRecord } from '../records.ts';
import { alertView, tieOf } from './alert-view.ts';
import type { AnswerDeps } from './deps.ts';
import { queryAll } from './query-all.ts';

/** More than this a page cannot show, nor a reply hold (6 MB): the answered and oldest are left out. */
const MOST_ON_BOARD = 2000;

/** The levels of area above one, as long as the alerts there can be. */
const LEVELS = [4, 6, 9, 12] as const;
const above = (area: string): string[] =>
  LEVELS.filter((digits) => digits < area.length).map((digits) => area.slice(0, digits));

/**
 * The board: what is open in an area, those that nobody has answered first, then the newest. Dispatchers also see the alerts of which
 * no area is known; whoever was handed an alert of a wider area sees that one. The stage's tests of itself are left out.
 */
export async function alertBoard(
  deps: AnswerDeps,
  who: Who,
  { area, now }: { readonly area: string; readonly now: Instant },
): Promise<AlertBoard> {
  const city = cityOf(area);
  const [here, unknown, ...wider] = await Promise.all([
    openAlerts(deps, city, area),
    who.role === 'dispatcher' ? openAlerts(deps, cityOf(''), '#') : [],
    ...above(area).map((prefix) => openAlerts(deps, city, `${prefix}#`)),
  ]);
  const handed = wider.flat().filter(({ owner }) => owner?.personId === who.personId);
  const alerts = [...here, ...unknown, ...handed]
    .filter(({ canary }) => !canary)
    .sort(byUrgency)
    .slice(0, MOST_ON_BOARD)
    .flatMap((alert) => {
      const tie = tieOf(who, alert);
      return tie === undefined ? [] : [alertView(alert, { who, tie }, now)];
    });
  return { at: now, alerts };
}

/** 0: nobody has answered. 1: nobody has, but it was called off. 2: somebody has. */
const rank = ({ waitingSince, calledOffAt }: AlertRecord): number =>
  waitingSince === undefined ? 2 : calledOffAt === undefined ? 0 : 1;

const byUrgency = (a: AlertRecord, b: AlertRecord): number =>
  rank(a) - rank(b) || b.raisedAt.localeCompare(a.raisedAt) || a.alertId.localeCompare(b.alertId);

async function openAlerts({ db, alertsTable }: AnswerDeps, city: string, area: string): Promise<AlertRecord[]> {
  const items = await queryAll(db, {
    TableName: alertsTable,
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :city AND begins_with(gsi1sk, :area)',
    ExpressionAttributeValues: { ':city': openOfCity(city), ':area': area },
  });
  return items.map((item) => AlertRecord.parse(item));
}

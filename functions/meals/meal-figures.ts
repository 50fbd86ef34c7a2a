import type { MealFiguresReport } from '../../shared/contracts/kitchen.ts';
import { refuse } from '../../shared/contracts/refusal.ts';
import { addDays, dateInChina, daysBetween, type Instant, type IsoDate } from '../../shared/values/dates.ts';
import type { Answer } from '../platform/endpoint.ts';
import { canteensIn, queryAll, sittingsBetween } from './canteen-store.ts';
import type { MealDeps } from './deps.ts';
import { figuresOf, figuresReport, SittingFigures } from './figures.ts';
import { figuresOfCommunity } from './keys.ts';
import { ordersOfSitting } from './order-queries.ts';

const MAX_DAYS = 62;
/** Sittings of the last days may not be settled yet, and coming ones are not: they are counted from their orders. */
const LIVE_DAYS_BACK = 2;
const LIVE_DAYS_AHEAD = 14;

/** The meals of a community by day. Settled sittings come from their figures, the others from their orders. */
export async function getMealFigures(
  deps: MealDeps,
  { area, from, to, now }: { area: string; from: IsoDate; to: IsoDate; now: Instant },
): Promise<Answer<MealFiguresReport>> {
  const days = daysBetween(from, to) + 1;
  if (days < 1 || days > MAX_DAYS)
    return refuse('invalid-request', [{ path: 'query.to', message: `1 to ${MAX_DAYS} days` }]);
  const items = await queryAll(deps.db, {
    TableName: deps.mealsTable,
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :community AND gsi1sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':community': figuresOfCommunity(area), ':from': from, ':to': `${to}#~` },
  });
  const settled = items.map((item) => SittingFigures.parse(item));
  const live = await liveFigures(deps, area, { from, to, now }, new Set(settled.map(nameOf)));
  return figuresReport(area, from, to, [...settled, ...live]);
}

const nameOf = ({ canteenId, date, sitting }: Pick<SittingFigures, 'canteenId' | 'date' | 'sitting'>) =>
  `${canteenId}#${date}#${sitting}`;

async function liveFigures(
  deps: MealDeps,
  area: string,
  { from, to, now }: { from: IsoDate; to: IsoDate; now: Instant },
  settled: ReadonlySet<string>,
): Promise<SittingFigures[]> {
  const today = dateInChina(now);
  const [first = from, last = to] = [
    [from, addDays(today, -LIVE_DAYS_BACK)].sort().at(-1),
    [to, addDays(today, LIVE_DAYS_AHEAD)].sort().at(0),
  ];
  if (first > last) return [];
  const canteens = await canteensIn(deps, area);
  const sittings = (
    await Promise.all(canteens.map(({ canteenId }) => sittingsBetween(deps, canteenId, first, last)))
  ).flat();
  const open = sittings.filter((sitting) => !settled.has(nameOf(sitting)));
  return Promise.all(
    open.map(async (sitting) =>
      figuresOf(sitting, await ordersOfSitting(deps, sitting.canteenId, sitting.date, sitting.sitting)),
    ),
  );
}

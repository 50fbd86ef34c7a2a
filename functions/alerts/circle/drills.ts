import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { isRefusal } from '../../../shared/contracts/refusal.ts';
import { watchRules } from '../../../shared/policy/watch-rules.ts';
import { dateInChina, type Instant } from '../../../shared/values/dates.ts';
import { inParallel } from '../../platform/in-parallel.ts';
import { log } from '../../platform/log.ts';
import type { AlertDeps } from '../deps.ts';
import { cardKey, cityOf, drillPlace, drillsOfCity } from '../keys.ts';
import { raiseInside } from '../raise/raise-inside.ts';
import { ElderCard } from '../records.ts';
import { type AlertsTable, updateItem } from './alerts-table.ts';
import { contactsOf } from './card-store.ts';
import { derivedId } from './derived-id.ts';
import { isDrillTime, nextDrillAt } from './drill-time.ts';
import { devicesOfElder } from './keep-card.ts';
import { factsOf, watchIn } from './watch.ts';

/** A run begins so many drills of a city at most; what is left is due at the next one. */
const DRILLS_A_RUN = 50;
const PAGE = 50;
const AT_ONCE = 8;

/**
 * Begins the drills that are due, in the hours of drills: an alert of each elder whom somebody or something watches over, marked
 * as drill throughout. Each elder has one a month; running it again begins none twice. Answers how many were begun.
 */
export async function beginDrills(deps: AlertDeps, now: Instant): Promise<number> {
  // At night and on weekends those that are due are not even read.
  if (![undefined, ...deps.policies].some((policy) => isDrillTime(now, watchRules(policy).drill))) return 0;
  const cities = new Set(deps.policies.map(({ area }) => cityOf(area.code)));
  let begun = 0;
  for (const city of cities) {
    let left = DRILLS_A_RUN;
    for await (const page of due(deps, city, now)) {
      await inParallel(AT_ONCE, page, async (shown) => {
        if (left > 0 && (await judge(deps, shown, now)) === 'begun') {
          begun += 1;
          left -= 1;
        }
      });
      if (left <= 0) break;
    }
  }
  return begun;
}

/** A card as the index of drills shows it. */
interface Due {
  readonly card: ElderCard;
  readonly place: string;
}

/** Pages of the elders of a city whose drill is due, the longest overdue first. */
async function* due({ db, alertsTable }: AlertsTable, city: string, now: Instant): AsyncGenerator<Due[]> {
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await db.send(
      new QueryCommand({
        TableName: alertsTable,
        IndexName: 'gsi1',
        KeyConditionExpression: 'gsi1pk = :drills AND gsi1sk < :now',
        ExpressionAttributeValues: { ':drills': drillsOfCity(city), ':now': now },
        Limit: PAGE,
        ExclusiveStartKey,
      }),
    );
    yield (page.Items ?? []).map((item) => ({ card: ElderCard.parse(item), place: String(item.gsi1sk) }));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
}

/** One elder whose drill cannot be begun is logged, and due again at the next run. */
async function judge(deps: AlertDeps, { card, place }: Due, now: Instant): Promise<'begun' | 'none' | 'later'> {
  const { elderId, area } = card;
  const { drill } = watchIn(deps.policies, area, now);
  const takesPart = drill.isFor(factsOf(card), dateInChina(now));
  if (takesPart && !isDrillTime(now, drill)) return 'later';
  try {
    const begins = takesPart && (await isWatchedOver(deps, card));
    if (begins) {
      // The place in the index is the drill that is due: begun twice, it is one alert.
      const raised = await raiseInside(deps, {
        pressId: derivedId('drill', place),
        at: now,
        source: 'app',
        elderId,
        by: { role: 'system' },
        area,
        drill: true,
      });
      if (isRefusal(raised)) throw new Error(raised.refused);
    }
    await updateItem(deps, cardKey(elderId), {
      UpdateExpression: `SET gsi1sk = :next${begins ? ', lastDrillAt = :now' : ''}`,
      ConditionExpression: 'gsi1sk = :place',
      ExpressionAttributeValues: {
        ':place': place,
        ':next': drillPlace(nextDrillAt(elderId, now, drill), elderId),
        ...(begins && { ':now': now }),
      },
    });
    return begins ? 'begun' : 'none';
  } catch (error) {
    await log.error('drill not begun', { elderId, error: error instanceof Error ? error : new Error(String(error)) });
    return 'later';
  }
}

/** Whether there is anything to try: a device, or somebody besides the desk who would hear. */
async function isWatchedOver(store: AlertsTable, { elderId, family }: ElderCard): Promise<boolean> {
  if (family.length > 0) return true;
  const [devices, contacts] = await Promise.all([devicesOfElder(store, elderId), contactsOf(store, elderId)]);
  return contacts.length > 0 || devices.some(({ revokedAt }) => revokedAt === undefined);
}

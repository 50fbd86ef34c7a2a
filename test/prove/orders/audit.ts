import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { slotKey } from '../../../functions/meals/keys.ts';
import { MealMonth } from '../../../functions/meals/meal-month.ts';
import { OrderRecord } from '../../../functions/meals/order.ts';

/** What callers were told of an order: that it was placed, and whether it was cancelled or only asked to be. */
export interface Told {
  readonly placed: boolean;
  readonly cancelled: 'no' | 'asked' | 'yes';
}

export interface Findings {
  orders: number;
  /** Places given out beyond a slot's capacity. */
  oversold: number;
  /** Slots whose counter is not the number of their live orders. */
  miscounted_slots: number;
  /** Answers that the tables do not bear out: an order that is gone, a cancelled one that lives, a placed one that does not. */
  lost: number;
  /** Live orders beyond one for an elder and sitting. */
  duplicated: number;
  /** Months of elders that do not list just their live orders. */
  wrong_months: number;
  /** Orders whose shares or legs do not add up to the price. */
  unbalanced_quotes: number;
}

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);

/** Reads the whole table and holds it against itself and against what callers were told. */
export async function audit(
  db: DynamoDBDocumentClient,
  TableName: string,
  told: ReadonlyMap<string, Told>,
): Promise<Findings> {
  const orders = new Map<string, OrderRecord>();
  const slots = new Map<string, { capacity: number; taken: number }>();
  const months: MealMonth[] = [];
  for await (const { Items = [] } of paginateScan({ client: db }, { TableName, ConsistentRead: true })) {
    for (const item of Items) {
      if (item.sk === 'ORDER') orders.set(item.orderId, OrderRecord.parse(item));
      if (item.sk === 'SLOT') slots.set(item.pk, { capacity: item.capacity, taken: item.taken });
      if (String(item.sk).startsWith('MONTH#')) months.push(MealMonth.parse(item));
    }
  }
  const live = [...orders.values()].filter(({ state }) => state !== 'cancelled');
  const bySlot = Map.groupBy(
    live,
    (order) => slotKey(order.canteenId, order.date, order.sitting, order.slot.slotId).pk,
  );
  const bySitting = Map.groupBy(live, ({ elderId, date, sitting }) => `${elderId} ${date} ${sitting}`);
  return {
    orders: orders.size,
    oversold: sum([...slots].map(([pk, { capacity }]) => Math.max(0, (bySlot.get(pk)?.length ?? 0) - capacity))),
    miscounted_slots: [...slots].filter(([pk, { taken }]) => (bySlot.get(pk)?.length ?? 0) !== taken).length,
    lost: [...told].filter(([orderId, was]) => isLost(orders.get(orderId), was)).length,
    duplicated: sum([...bySitting.values()].map((same) => same.length - 1)),
    wrong_months: wrongMonths(months, live),
    unbalanced_quotes: [...orders.values()].filter(({ quote }) => {
      const { price, shares, legs } = quote;
      return sum(Object.values(shares)) !== price || sum(legs.map(({ amount }) => amount)) !== price;
    }).length,
  };
}

function isLost(order: OrderRecord | undefined, { placed, cancelled }: Told): boolean {
  if (!placed) return false;
  if (order === undefined) return true;
  return (cancelled === 'yes' && order.state !== 'cancelled') || (cancelled === 'no' && order.state === 'cancelled');
}

function wrongMonths(months: readonly MealMonth[], live: readonly OrderRecord[]): number {
  const listed = new Set(months.flatMap(({ meals }) => Object.values(meals).map(({ orderId }) => orderId)));
  const missing = live.filter(({ orderId }) => !listed.has(orderId)).length;
  return missing + (listed.size - (live.length - missing));
}

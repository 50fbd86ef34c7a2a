import { useEffect, useState } from 'react';
import type { OrderState, SittingOrderRow } from '../../../../../shared/contracts/meal-orders.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { outbox } from '../../../services/api.ts';
import type { Answer, Refused } from '../../../services/client.ts';
import type { SittingAt } from '../place/sitting-at.ts';

export type FoundBy = 'qr' | 'phone-tail' | 'name';

/** The last thing that was done at the counter, kept in sight until the next. */
export interface Done {
  readonly what: 'in' | 'undone' | 'kept';
  readonly row: SittingOrderRow;
}

/** How often the list is asked again, for what others check in. In ms. */
const REFRESH_MS = 30_000;

const idOf = (orderId: string): string => `check-in-${orderId}`;

/**
 * The orders of a sitting at the counter: checking in, and taking it back, each at once and once. What gets no answer waits in the
 * outbox under one id for each order, so that only the last wish for it is ever sent.
 */
export function useCheckIn(at: SittingAt, describe: (row: SittingOrderRow) => string) {
  const query = useRoute('listSittingOrders', { params: { ...at }, query: {} });
  const [busy, setBusy] = useState<string | undefined>();
  const [failed, setFailed] = useState<{ row: SittingOrderRow; refusal: Refused } | undefined>();
  const [done, setDone] = useState<Done | undefined>();
  const { reload } = query;
  useEffect(() => {
    const timer = setInterval(reload, REFRESH_MS);
    return () => clearInterval(timer);
  }, [reload]);

  const orders = query.value?.orders ?? [];
  const setState = (orderId: string, state: OrderState) =>
    query.put({ orders: orders.map((one) => (one.orderId === orderId ? { ...one, state } : one)) });

  async function run(row: SittingOrderRow, request: () => Promise<Answer<unknown>>, what: 'in' | 'undone') {
    if (busy !== undefined) return;
    setBusy(row.orderId);
    setFailed(undefined);
    const answer = await request();
    setBusy(undefined);
    const state = what === 'in' ? 'served' : 'placed';
    if (answer.ok || (what === 'undone' && answer.refusal.code === 'not-served')) {
      setState(row.orderId, state);
      setDone({ what, row });
    } else if (answer.refusal.code === 'offline') {
      setState(row.orderId, state);
      setDone({ what: 'kept', row });
    } else {
      setDone(undefined);
      setFailed({ row, refusal: answer.refusal });
      reload();
    }
  }

  return {
    query,
    orders,
    busy,
    failed,
    done,
    checkIn: (row: SittingOrderRow, by: FoundBy) =>
      run(
        row,
        () =>
          outbox.submit({
            id: idOf(row.orderId),
            name: 'checkIn',
            input: { params: { orderId: row.orderId }, body: { by } },
            what: describe(row),
          }),
        'in',
      ),
    undo: (row: SittingOrderRow) =>
      run(
        row,
        () =>
          outbox.submit({
            id: idOf(row.orderId),
            name: 'undoCheckIn',
            input: { params: { orderId: row.orderId } },
            what: describe(row),
          }),
        'undone',
      ),
  };
}

/** The orders that a part of a name or the last digits of a phone find. */
export function found(orders: readonly SittingOrderRow[], find: string): SittingOrderRow[] {
  const text = find.trim();
  if (text === '') return [...orders];
  const isTail = /^\d+$/.test(text);
  return orders.filter((one) =>
    isTail ? (one.phoneTail ?? '').endsWith(text.slice(-4)) : one.elderName.includes(text),
  );
}

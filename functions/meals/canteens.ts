import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type {
  CanteenForm,
  CanteenView,
  SittingForm,
  SittingName,
  SittingView,
} from '../../shared/contracts/canteens.ts';
import { refuse } from '../../shared/contracts/refusal.ts';
import { within } from '../../shared/values/areas.ts';
import { daysBetween, type Instant, type IsoDate } from '../../shared/values/dates.ts';
import type { Answer } from '../platform/endpoint.ts';
import { type Step, transact } from '../platform/transact.ts';
import type { Who } from '../platform/who.ts';
import { type CanteenRecord, canteenItem, mayRun } from './canteen.ts';
import { canteensIn, readCanteen, readSitting, sittingsBetween, takenOf } from './canteen-store.ts';
import type { MealDeps } from './deps.ts';
import { districtKey, slotKey } from './keys.ts';
import { isOver, type SittingRecord, sittingItem, sittingOf, sittingView } from './sitting.ts';

export async function listCanteens(deps: MealDeps, area: string): Promise<Answer<{ canteens: CanteenView[] }>> {
  if (area.length < 6)
    return refuse('invalid-request', [{ path: 'path.area', message: 'a district or a part of one' }]);
  return { canteens: await canteensIn(deps, area) };
}

/** Sets a canteen up (`rev` 0) or changes it. Sittings already published keep what they were published with. */
export async function putCanteen(
  deps: MealDeps,
  who: Who,
  canteenId: string,
  form: CanteenForm,
): Promise<Answer<CanteenView>> {
  if (!within(form.area, who.area ?? '')) return refuse('forbidden');
  const before = await readCanteen(deps, canteenId);
  if (before && !mayRun(who, before)) return refuse(form.rev === 0 ? 'id-reused' : 'forbidden');
  const canteen: CanteenRecord = { canteenId, ...form, rev: form.rev + 1 };
  if (before && before.rev === canteen.rev && JSON.stringify(before) === JSON.stringify({ ...before, ...canteen }))
    return { replayed: before };
  if (!before && form.rev > 0) return refuse('not-found');
  if (before && before.rev !== form.rev) return refuse(form.rev === 0 ? 'id-reused' : 'rev-stale');
  const outcome = await transact(deps.db, [
    {
      step: 'canteen',
      Put: {
        TableName: deps.mealsTable,
        Item: canteenItem(canteen),
        ...(form.rev === 0
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : { ConditionExpression: 'rev = :read', ExpressionAttributeValues: { ':read': form.rev } }),
      },
    },
  ]);
  if (!outcome.committed) return refuse('busy' in outcome ? 'busy' : form.rev === 0 ? 'id-reused' : 'rev-stale');
  await deps.db.send(new PutCommand({ TableName: deps.mealsTable, Item: districtKey(form.area) }));
  return canteen;
}

const MAX_DAYS = 31;

export async function listSittings(
  deps: MealDeps,
  canteenId: string,
  { from, to }: { from: IsoDate; to: IsoDate },
): Promise<Answer<{ canteen: CanteenView; sittings: SittingView[] }>> {
  const days = daysBetween(from, to) + 1;
  if (days < 1 || days > MAX_DAYS)
    return refuse('invalid-request', [{ path: 'query.to', message: `1 to ${MAX_DAYS} days` }]);
  const [canteen, sittings] = await Promise.all([
    readCanteen(deps, canteenId),
    sittingsBetween(deps, canteenId, from, to),
  ]);
  if (!canteen) return refuse('not-found');
  const taken = await takenOf(deps, sittings);
  return { canteen, sittings: sittings.map((sitting, index) => sittingView(sitting, taken[index] ?? new Map())) };
}

/** Sets a slot's capacity and whether it takes orders; how many are taken stays. A slot that is left out of a new plan is closed. */
const openSlot = (
  table: string,
  sitting: SittingRecord,
  slotId: string,
  capacity: number,
  isOpen: boolean,
): Step<'slot'> => ({
  step: 'slot',
  Update: {
    TableName: table,
    Key: slotKey(sitting.canteenId, sitting.date, sitting.sitting, slotId),
    UpdateExpression: 'SET #capacity = :capacity, isOpen = :open, taken = if_not_exists(taken, :zero)',
    ExpressionAttributeNames: { '#capacity': 'capacity' },
    ExpressionAttributeValues: { ':capacity': capacity, ':open': isOpen, ':zero': 0 },
  },
});

/** Publishes a sitting, or changes it while it is not over: menu and slots in one transaction. */
export async function putSitting(
  deps: MealDeps,
  who: Who,
  {
    canteenId,
    date,
    sitting: name,
    form,
    now,
  }: { canteenId: string; date: IsoDate; sitting: SittingName; form: SittingForm; now: Instant },
): Promise<Answer<SittingView>> {
  const [canteen, before] = await Promise.all([readCanteen(deps, canteenId), readSitting(deps, canteenId, date, name)]);
  if (!canteen) return refuse('not-found');
  if (!mayRun(who, canteen)) return refuse('forbidden');
  const sitting = sittingOf(canteen, date, name, form);
  if (!sitting || isOver(sitting, now)) return refuse('sitting-not-open');
  const view = async () => sittingView(sitting, (await takenOf(deps, [sitting]))[0] ?? new Map());
  if (before && before.rev === sitting.rev && JSON.stringify(before) === JSON.stringify({ ...before, ...sitting }))
    return { replayed: await view() };
  if ((before?.rev ?? 0) !== form.rev)
    return refuse('rev-stale', [{ path: 'body.rev', message: String(before?.rev ?? 0) }]);
  const dropped = before?.slots.filter(({ slotId }) => !sitting.slots.some((slot) => slot.slotId === slotId)) ?? [];
  const steps: Step<'sitting' | 'slot'>[] = [
    {
      step: 'sitting',
      Put: {
        TableName: deps.mealsTable,
        Item: sittingItem(sitting),
        ...(before
          ? { ConditionExpression: 'rev = :read', ExpressionAttributeValues: { ':read': form.rev } }
          : { ConditionExpression: 'attribute_not_exists(pk)' }),
      },
    },
    ...sitting.slots.map((slot) => openSlot(deps.mealsTable, sitting, slot.slotId, slot.capacity, sitting.open)),
    ...dropped.map((slot) => openSlot(deps.mealsTable, sitting, slot.slotId, 0, false)),
  ];
  const outcome = await transact(deps.db, steps);
  if (!outcome.committed) return refuse('busy' in outcome ? 'busy' : 'rev-stale');
  return view();
}

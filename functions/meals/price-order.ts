import type { Eating } from '../../shared/contracts/canteens.ts';
import type { Quote } from '../../shared/contracts/quote.ts';
import { type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import { type CompiledPolicy, offers, policyFor, quote } from '../../shared/policy/engine.ts';
import type { Usage } from '../../shared/policy/facts.ts';
import { districtOf } from '../../shared/values/areas.ts';
import { type ElderRecord, factsOf, isPausedOn, mayShare } from '../elders/elder-record.ts';
import type { SittingRecord } from './sitting.ts';

/** Whether this elder can eat at this sitting at all: alive, not paused that day, at a canteen of their own district, open. */
export function refuseEater(elder: ElderRecord, sitting: SittingRecord): Refusal | undefined {
  if (elder.diedOn !== null) return refuse('elder-died');
  if (isPausedOn(elder, sitting.date)) return refuse('elder-paused');
  if (districtOf(elder.area) !== districtOf(sitting.area)) return refuse('canteen-elsewhere');
  return sitting.open ? undefined : refuse('sitting-not-open');
}

/** The price of one meal by the policy in force at the elder's home on the meal's day. */
export function priceOf(
  policies: readonly CompiledPolicy[],
  { elder, sitting, eating, usage }: { elder: ElderRecord; sitting: SittingRecord; eating: Eating; usage: Usage },
): Quote | Refusal {
  if (!sitting.eating.includes(eating)) return refuse('eating-not-offered');
  if (eating === 'delivery' && !mayShare(elder, 'address-to-delivery')) {
    return refuse('consent-required', [{ path: 'eating', needed: 'address-to-delivery' }]);
  }
  const policy = policyFor(policies, elder.area, sitting.date);
  if (policy === undefined || !offers(policy, sitting.sitting)) return refuse('no-policy');
  return quote(policy, factsOf(elder), {
    item: sitting.sitting,
    on: sitting.date,
    eating,
    usage,
    canteen: sitting.canteenId,
    listPrice: sitting.listPrice,
  });
}

/** What others than the person pay, in fen. */
export const subsidyOf = (quoted: Quote): number => quoted.price - quoted.shares.person;

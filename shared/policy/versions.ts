import type { IsoDate } from '../values/dates.ts';

/** What tells where and when a policy is in force: a document and a compiled policy both have it. */
export interface InForce {
  readonly area: { readonly code: string };
  readonly validFrom: IsoDate;
  readonly validUntil?: IsoDate | undefined;
}

/**
 * The policy for an area on a day: the longest area code that the area begins with, and of its versions the one that began
 * last. A version that has ended gives way to the wider area's policy. `undefined` where no policy is in force.
 */
export function policyFor<P extends InForce>(policies: readonly P[], area: string, on: IsoDate): P | undefined {
  let best: P | undefined;
  for (const policy of policies) {
    if (!area.startsWith(policy.area.code) || on < policy.validFrom) continue;
    if (policy.validUntil !== undefined && on > policy.validUntil) continue;
    if (best === undefined || isNearer(policy, best)) best = policy;
  }
  return best;
}

function isNearer(policy: InForce, best: InForce): boolean {
  const more = policy.area.code.length - best.area.code.length;
  return more > 0 || (more === 0 && policy.validFrom > best.validFrom);
}

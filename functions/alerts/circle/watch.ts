import type { ElderTold } from '../../../shared/contracts/events.ts';
import { alertPolicyFor } from '../../../shared/policy/alert-plan.ts';
import type { CompiledPolicy } from '../../../shared/policy/engine.ts';
import type { ElderFacts } from '../../../shared/policy/facts.ts';
import { type WatchRules, watchRules } from '../../../shared/policy/watch-rules.ts';
import { dateInChina, type Instant } from '../../../shared/values/dates.ts';

/** How devices and elders of a place are watched on a day. */
export const watchIn = (policies: readonly CompiledPolicy[], area: string, now: Instant): WatchRules =>
  watchRules(alertPolicyFor(policies, area, dateInChina(now)));

/** What the policy engine may know of an elder. */
export const factsOf = ({ birthDate, area, tags, abilityLevel, localHousehold }: ElderTold): ElderFacts => ({
  birthDate,
  area,
  tags,
  abilityLevel,
  localHousehold,
});

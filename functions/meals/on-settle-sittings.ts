import { toInstant } from '../../shared/values/dates.ts';
import { log } from '../platform/log.ts';
import { mealDeps } from './deps.ts';
import { settleAll } from './settle-sittings.ts';

const deps = mealDeps();

/** On a schedule: sittings that are over are settled. */
export const handler = async (): Promise<void> => {
  await log.info('sittings settled', { ...(await settleAll(deps, toInstant(Date.now()))) });
};

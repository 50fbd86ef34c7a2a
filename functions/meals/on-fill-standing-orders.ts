import { toInstant } from '../../shared/values/dates.ts';
import { log } from '../platform/log.ts';
import { mealDeps } from './deps.ts';
import { fillAll } from './fill-standing-orders.ts';

const deps = mealDeps();

/** On a schedule: weekly orders become orders of the coming days. */
export const handler = async (): Promise<void> => {
  await log.info('standing orders filled', { ...(await fillAll(deps, toInstant(Date.now()))) });
};

import { toInstant } from '../../../shared/values/dates.ts';
import { log } from '../../platform/log.ts';
import { alertDeps } from '../deps.ts';
import { beginDrills } from './drills.ts';

const deps = alertDeps();

/** Every few minutes: the drills that are due, in the hours of drills. */
export const handler = async (): Promise<void> => {
  const begun = await beginDrills(deps, toInstant(Date.now()));
  if (begun > 0) await log.info('drills begun', { begun });
};

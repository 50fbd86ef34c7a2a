import { toInstant } from '../../../shared/values/dates.ts';
import { deployedPolicies } from '../../platform/deployed.ts';
import { documentClient } from '../../platform/dynamo.ts';
import { env } from '../../platform/env.ts';
import { log } from '../../platform/log.ts';
import type { Ruled } from './deps.ts';
import { findSilentDevices } from './silent-devices.ts';

const deps: Ruled = {
  db: documentClient(),
  alertsTable: env('ALERTS_TABLE').ALERTS_TABLE,
  policies: deployedPolicies(),
};

/** Each quarter of an hour: devices that have not been heard for too long. */
export const handler = async (): Promise<void> => {
  const found = await findSilentDevices(deps, toInstant(Date.now()));
  if (found > 0) await log.info('devices found silent', { found });
};

import { env } from '../../platform/env.ts';
import { callerVerifier } from './caller.ts';
import { pressClients, pressWays, readRevoked } from './press-ways.ts';
import { raiseAlert } from './raise-alert.ts';
import { revokedList } from './revoked.ts';

const { STAGE, ALERTS_TABLE, ALERTS_TOPIC_ARN, SESSION_PUBLIC_KEY, DEVICE_PUBLIC_KEY } = env(
  'STAGE',
  'ALERTS_TABLE',
  'ALERTS_TOPIC_ARN',
  'SESSION_PUBLIC_KEY',
  'DEVICE_PUBLIC_KEY',
);
const clients = pressClients(ALERTS_TABLE, ALERTS_TOPIC_ARN);
const verify = callerVerifier({
  stage: STAGE,
  sessionPublicKey: SESSION_PUBLIC_KEY,
  devicePublicKey: DEVICE_PUBLIC_KEY,
});
const revoked = revokedList({ read: (signal) => readRevoked(clients, signal) });

// What the first press would have to wait for is done before it comes, once this has loaded: both keys are read (by a token that is
// none), the clients are made, the connection to the table is opened, and the list of what was revoked is read.
setImmediate(() => {
  verify('Bearer e30.e30.e30').catch(() => undefined);
  revoked.refresh();
  void clients.sns;
});

/** Raises alerts. Deployed alone, behind an alias that is kept warm. */
export const handler = raiseAlert({ verify, revoked, ways: pressWays(clients) });

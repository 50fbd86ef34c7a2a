import { env } from '../../platform/env.ts';
import { callerVerifier } from './caller.ts';
import { pressClients, pressWays } from './press-ways.ts';
import { pressesAgain } from './presses-again.ts';
import { raiseAlert } from './raise-alert.ts';

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

// What the first press would have to wait for is done before it comes, once this has loaded: both keys are read (by a token that is
// none), and the clients are made.
setImmediate(() => {
  verify('Bearer e30.e30.e30').catch(() => undefined);
  void clients.dynamodb;
  void clients.sns;
});

/** Raises alerts. Deployed alone, behind an alias that is kept warm. */
export const handler = raiseAlert({ verify, again: pressesAgain(), ways: pressWays(clients) });

import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

type Strategy = Extract<DynamoDBClientConfig['retryStrategy'], { acquireInitialRetryToken: unknown }>;
type Token = Awaited<ReturnType<Strategy['acquireInitialRetryToken']>>;

/** Tries in all. What was refused for its rate did nothing, and is worth trying for longer. */
const TRIES = { THROTTLING: 10, TRANSIENT: 3, SERVER_ERROR: 3, CLIENT_ERROR: 1 } as const;
const LONGEST_MS = 250;

const token = (retries: number): Token => ({
  getRetryCount: () => retries,
  // Full jitter: up to 30 ms, then up to twice as long each time.
  getRetryDelay: () => (retries === 0 ? 0 : Math.random() * Math.min(LONGEST_MS, 15 * 2 ** retries)),
});

/**
 * Tries again soon and often. The SDK's own strategy spares a service that is overloaded: it waits up to seconds, and after some
 * hundred refusals does not try again at all. An alert does not spare anybody: there are few of them, and each must get through.
 */
export const patientRetries: Strategy = {
  acquireInitialRetryToken: async () => token(0),
  async refreshRetryTokenForRetry(last, { errorType, error }) {
    const retries = last.getRetryCount() + 1;
    if (retries >= TRIES[errorType]) throw error ?? new Error(errorType);
    return token(retries);
  },
  recordSuccess() {},
};

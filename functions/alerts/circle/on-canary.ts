import { documentClient } from '../../platform/dynamo.ts';
import { env } from '../../platform/env.ts';
import { log } from '../../platform/log.ts';
import { type CanaryDeps, tryWholeWay } from './canary.ts';
import { signing } from './deps.ts';

const { ALERTS_TABLE, ALERTS_API_URL } = env('ALERTS_TABLE', 'ALERTS_API_URL');

/** A caller's patience: what takes longer than this has not been answered. */
const ANSWER_MS = 10_000;

const deps: CanaryDeps = {
  db: documentClient(),
  alertsTable: ALERTS_TABLE,
  ...signing(),
  alertsUrl: ALERTS_API_URL,
  put: async (url, token, body) => {
    const answer = await fetch(url, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    await answer.arrayBuffer();
    return answer.status;
  },
  clock: Date.now,
  pauseMs: 500,
};

/** Each five minutes: a test alert goes the whole way. The alarm rings when it was missed, and when this line stays away. */
export const handler = async (): Promise<void> => {
  let error: unknown;
  try {
    const seconds = await tryWholeWay(deps);
    if (seconds !== undefined) return await log.info('canary heard', { seconds });
  } catch (fault) {
    error = fault;
  }
  await log.error('canary missed', error instanceof Error ? { error } : {});
  throw new Error('the canary was not heard', { cause: error });
};

import { describe, expect, it } from 'vitest';
import { patientRetries } from '../../../functions/platform/patient-retries.ts';

type SdkError = NonNullable<Parameters<typeof patientRetries.refreshRetryTokenForRetry>[1]['error']>;
type ErrorType = 'THROTTLING' | 'TRANSIENT' | 'SERVER_ERROR' | 'CLIENT_ERROR';

/** How often a call is made that always fails in this way, and the longest wait between two tries, ms. */
async function triesOf(errorType: ErrorType): Promise<{ tries: number; longest: number }> {
  const error = new Error('refused') as SdkError;
  let token = await patientRetries.acquireInitialRetryToken('');
  let longest = 0;
  for (let tries = 1; ; tries++) {
    try {
      token = await patientRetries.refreshRetryTokenForRetry(token, { errorType, error });
      longest = Math.max(longest, token.getRetryDelay());
    } catch (given) {
      expect(given).toBe(error);
      return { tries, longest };
    }
  }
}

describe('calls to the table of alerts', () => {
  it.each([
    ['THROTTLING', 10],
    ['TRANSIENT', 3],
    ['SERVER_ERROR', 3],
    ['CLIENT_ERROR', 1],
  ] as const)('that fail by %s are tried %i times', async (errorType, tries) => {
    expect((await triesOf(errorType)).tries).toBe(tries);
  });

  it('never wait longer than a quarter of a second between two tries', async () => {
    const waits = await Promise.all(Array.from({ length: 100 }, () => triesOf('THROTTLING')));
    expect(Math.max(...waits.map(({ longest }) => longest))).toBeLessThanOrEqual(250);
  });

  it('are tried as often after a thousand refusals as at the first', async () => {
    for (let n = 0; n < 1000; n++) await triesOf('THROTTLING');
    expect((await triesOf('THROTTLING')).tries).toBe(10);
  });
});

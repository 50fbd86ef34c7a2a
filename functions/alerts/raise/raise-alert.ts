import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { isRefusal, type Refusal, refuse } from '../../../shared/contracts/refusal.ts';
import { toInstant } from '../../../shared/values/dates.ts';
import { jsonResult, type Result, refusalResult } from '../../platform/answers.ts';
import { log } from '../../platform/log.ts';
import { revokedKey } from '../keys.ts';
import type { Presser } from './caller.ts';
import { readPress } from './read-press.ts';
import { type RaiseWays, receivePress } from './receive-press.ts';
import type { revokedList } from './revoked.ts';

export interface RaiseDeps {
  readonly verify: (authorization: string | undefined) => Promise<Presser | Refusal>;
  readonly revoked: ReturnType<typeof revokedList>;
  readonly ways: RaiseWays;
  readonly clock?: () => number;
}

const revocationOf = (presser: Presser): string =>
  (presser.role === 'device' ? revokedKey('DEVICE', presser.deviceId) : revokedKey('PERSON', presser.personId)).sk;

/**
 * `PUT /alerts/{alertId}`: who presses, what they say, and on with it by both ways. Of what is rightly signed and not revoked
 * nothing is refused for what it says. It is no `endpoint`: that one refuses what it cannot read, and takes longer to load.
 */
export function raiseAlert({ verify, revoked, ways, clock = Date.now }: RaiseDeps) {
  return async ({ headers, pathParameters, body, isBase64Encoded }: APIGatewayProxyEventV2): Promise<Result> => {
    try {
      const presser = await verify(headers.authorization);
      if (isRefusal(presser)) return refusalResult(presser);
      if (await revoked.includes(revocationOf(presser), presser.issuedAt))
        return refusalResult(refuse('unauthenticated'));
      const press = readPress({ alertId: pathParameters?.alertId, body, isBase64Encoded }, presser, toInstant(clock()));
      const [answer] = await Promise.all([receivePress(ways, press), revoked.settle()]);
      return isRefusal(answer) ? refusalResult(answer) : jsonResult(answer.received, answer);
    } catch (error) {
      await log.error('fault', { route: 'PUT /alerts/{alertId}', error: error instanceof Error ? error : undefined });
      return refusalResult(refuse('fault'));
    }
  };
}

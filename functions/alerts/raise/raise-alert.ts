import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { isRefusal, type Refusal, refuse } from '../../../shared/contracts/refusal.ts';
import { toInstant } from '../../../shared/values/dates.ts';
import { jsonResult, type Result, refusalResult } from '../../platform/answers.ts';
import { log } from '../../platform/log.ts';
import type { Presser } from './caller.ts';
import type { pressesAgain } from './presses-again.ts';
import { readPress } from './read-press.ts';
import { type RaiseWays, receivePress } from './receive-press.ts';

export interface RaiseDeps {
  readonly verify: (authorization: string | undefined) => Promise<Presser | Refusal>;
  readonly again: ReturnType<typeof pressesAgain>;
  readonly ways: RaiseWays;
  readonly clock?: () => number;
}

const idOf = (presser: Presser): string => (presser.role === 'device' ? presser.deviceId : presser.personId);

/**
 * `PUT /alerts/{alertId}`: who presses, what they say, and on with it by both ways. Nothing that is rightly signed is refused, and
 * no table is read before the yes: whether who pressed is still somebody is judged when the press is kept. It is no `endpoint`:
 * that one refuses what it cannot read, and takes longer to load.
 */
export function raiseAlert({ verify, again, ways, clock = Date.now }: RaiseDeps) {
  return async ({ headers, pathParameters, body, isBase64Encoded }: APIGatewayProxyEventV2): Promise<Result> => {
    try {
      const presser = await verify(headers.authorization);
      if (isRefusal(presser)) return refusalResult(presser);
      const press = readPress({ alertId: pathParameters?.alertId, body, isBase64Encoded }, presser, toInstant(clock()));
      const answer = await receivePress(ways, again(idOf(presser), clock()) ? { ...press, again: true } : press);
      return isRefusal(answer) ? refusalResult(answer) : jsonResult(answer.received, answer);
    } catch (error) {
      await log.error('fault', { route: 'PUT /alerts/{alertId}', error: error instanceof Error ? error : undefined });
      return refusalResult(refuse('fault'));
    }
  };
}

import type { Transport } from './transport.ts';

/**
 * WeChat sends ten requests at a time and lets the eleventh wait. Everything but the emergency button shares eight, so that a gateway
 * which swallows packets holds up no call for help.
 */
const MOST_AT_ONCE = 8;

/** A transport that has so many requests on their way at most; the next one starts when one of them has ended. */
export function inTurn(transport: Transport, most = MOST_AT_ONCE): Transport {
  const waiting: (() => void)[] = [];
  let onTheirWay = 0;
  return async (request) => {
    if (onTheirWay >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else onTheirWay += 1;
    try {
      return await transport(request);
    } finally {
      // Whoever waits longest takes over the place.
      const next = waiting.shift();
      if (next === undefined) onTheirWay -= 1;
      else next();
    }
  };
}

import type { KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sign } from '../../api/support/tokens.ts';
import { elderOf } from './world.ts';

/** What a caller knows of one press: when the key went down, and when, if ever, the yes came. Milliseconds since the epoch. */
export interface Press {
  /** Whose it is: the n-th elder's. */
  readonly n: number;
  readonly alertId: string;
  readonly pressedAt: number;
  answeredAt: number | undefined;
  tries: number;
}

export interface Pressing {
  readonly api: string;
  readonly key: KeyObject;
  readonly alerts: number;
  /** The first elder who presses; the next ones follow. */
  readonly from?: number;
  /** Presses a second: people press when they need to, not when the last one has been served. */
  readonly perSecond: number;
  /** How long a caller goes on asking for a yes, ms. */
  readonly patienceMs: number;
  readonly onPress?: (n: number) => Promise<void>;
}

const RETRY_MS = 1000;
const CALL_MS = 4000;

/** One press as the app does it: the same id again and again until somebody says yes. */
async function press({ api, key, patienceMs }: Pressing, n: number): Promise<Press> {
  const elderId = elderOf(n);
  // An hour past its end: an alert takes it all the same.
  const token = await sign({ personId: elderId, role: 'elder', elderId }, key, { expires: -3600 });
  const made: Press = { n, alertId: crypto.randomUUID(), pressedAt: Date.now(), answeredAt: undefined, tries: 0 };
  while (made.answeredAt === undefined && Date.now() - made.pressedAt < patienceMs) {
    made.tries += 1;
    const answer = await fetch(`${api}/alerts/${made.alertId}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ source: 'app', pressedAt: new Date(made.pressedAt).toISOString() }),
      signal: AbortSignal.timeout(CALL_MS),
    }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.status === 200) made.answeredAt = Date.now();
    else await sleep(RETRY_MS);
  }
  return made;
}

/** Every elder of the world presses once, at a steady rate. */
export async function pressAll(pressing: Pressing): Promise<Press[]> {
  const started = Date.now();
  const pressed: Promise<Press>[] = [];
  for (let n = 0; n < pressing.alerts; n++) {
    const due = started + (n * 1000) / pressing.perSecond;
    const wait = due - Date.now();
    if (wait > 0) await sleep(wait);
    pressed.push(press(pressing, (pressing.from ?? 0) + n));
    await pressing.onPress?.(n);
  }
  return Promise.all(pressed);
}

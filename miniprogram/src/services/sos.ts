import type { AlertSource, Position } from '../../../shared/contracts/alerts.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import type { Answer, Raise } from './client.ts';
import type { SosPass } from './sos-pass.ts';
import { createStore, type Store } from './store.ts';

/**
 * `sending`: the first try is under way. `waiting`: no yes yet, it goes on by itself. `received`: the server has it. `refused`:
 * the server does not take this phone's token; it is tried again with the next one.
 */
type SosState = 'sending' | 'waiting' | 'received' | 'refused';

/** A press of the emergency button, kept on the phone from before it is first sent. */
export interface SosPress {
  /** Made at the press; every repeat carries the same. */
  readonly alertId: string;
  readonly personId: string;
  /** The token of the moment of the press, in case somebody else signs in before it has arrived. */
  readonly token: string;
  readonly elderId?: string;
  /** Whom it is for, in words; absent for oneself. */
  readonly name?: string;
  readonly source: AlertSource;
  readonly pressedAt: Instant;
  readonly position?: Position;
  readonly note?: string;
  readonly state: SosState;
  /** How often it was sent without a yes. */
  readonly tries: number;
  /** The last try got no answer at all, as against an answer that says no. */
  readonly offline?: boolean;
  readonly receivedAt?: Instant;
}

/** For whom and how help is asked. `source` is `app` unless a member of staff passes on what an elder says on the phone. */
export interface SosCall {
  readonly elderId?: string | undefined;
  readonly name?: string | undefined;
  readonly source?: AlertSource;
  readonly position?: Position | undefined;
  readonly note?: string | undefined;
}

export interface SosParts {
  readonly raise: Raise;
  readonly pass: () => SosPass | undefined;
  readonly now: () => Instant;
  readonly newId: () => string;
  readonly read: () => readonly SosPress[] | undefined;
  readonly write: (presses: readonly SosPress[]) => void;
}

export interface Sos {
  readonly presses: Store<readonly SosPress[]>;
  /** At the start of the app: what has no yes yet is tried again. */
  restore(): void;
  /**
   * Asks for help: stored, then sent, and sent again until the server says yes. A second press for the same elder, while the
   * first has no yes, hurries that one instead; where nobody knows whom it is about, another note is another call. Undefined where nobody has ever signed in on this phone.
   */
  raise(call: SosCall): SosPress | undefined;
  /** Tries everything without a yes now: the connection is back, somebody signed in, the app came to the front. */
  flush(): void;
  /** The person does not want help any more, or the alert is over: it is neither sent nor shown from now on. */
  drop(alertId: string): void;
}

/** Seconds before the next try after so many without a yes: every 2 s at first, every 10 s in the end. */
const PAUSES_S = [2, 2, 2, 3, 4, 6, 8, 10] as const;
const pauseMs = (tries: number): number => (PAUSES_S[Math.min(tries, PAUSES_S.length) - 1] ?? 10) * 1000;

/** A received press is shown for so long where nothing is heard of its end. */
const SHOWN_MS = 6 * 60 * 60 * 1000;

/** Only these say that the same request with the same token will be refused again. Everything else may pass. */
const REFUSED: readonly string[] = ['unauthenticated', 'session-expired', 'forbidden', 'invalid-request'];

export function createSos(parts: SosParts): Sos {
  const presses = createStore<readonly SosPress[]>([]);
  const onTheirWay = new Set<string>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** The token with which a press was refused: it is not sent with it twice. */
  const refusedWith = new Map<string, string>();

  const keep = (next: readonly SosPress[]): void => {
    presses.set(next);
    parts.write(next);
  };
  const find = (alertId: string) => presses.get().find((one) => one.alertId === alertId);
  const change = (alertId: string, part: Partial<SosPress>): void =>
    keep(presses.get().map((one) => (one.alertId === alertId ? { ...one, ...part } : one)));
  const tokenOf = (press: SosPress): string => {
    const pass = parts.pass();
    return pass?.personId === press.personId ? pass.token : press.token;
  };

  function settle(alertId: string, token: string, answer: Answer<{ receivedAt: Instant }>): void {
    const press = find(alertId);
    // Dropped while it was on its way.
    if (press === undefined) return;
    if (answer.ok) {
      change(alertId, { state: 'received', receivedAt: answer.value.receivedAt, offline: false });
      return;
    }
    const { code } = answer.refusal;
    const tries = press.tries + 1;
    if (REFUSED.includes(code)) {
      refusedWith.set(alertId, token);
      change(alertId, { state: 'refused', tries, offline: false });
      return;
    }
    change(alertId, { state: 'waiting', tries, offline: code === 'offline' });
    timers.set(
      alertId,
      setTimeout(() => attempt(alertId), pauseMs(tries)),
    );
  }

  function attempt(alertId: string): void {
    const press = find(alertId);
    if (press === undefined || press.state === 'received' || onTheirWay.has(alertId)) return;
    const token = tokenOf(press);
    if (press.state === 'refused' && refusedWith.get(alertId) === token) return;
    clearTimeout(timers.get(alertId));
    timers.delete(alertId);
    onTheirWay.add(alertId);
    const { elderId, source, pressedAt, position, note } = press;
    const body = {
      source,
      pressedAt,
      ...(elderId === undefined ? {} : { elderId }),
      ...(position === undefined ? {} : { position }),
      ...(note === undefined ? {} : { note }),
    };
    void parts.raise(token, alertId, body).then((answer) => {
      onTheirWay.delete(alertId);
      settle(alertId, token, answer);
    });
  }

  const flush = (): void => {
    for (const { alertId } of presses.get()) attempt(alertId);
  };

  return {
    presses,
    flush,
    restore() {
      const now = Date.parse(parts.now());
      const kept = (parts.read() ?? []).filter(
        ({ state, receivedAt }) => state !== 'received' || now - Date.parse(receivedAt ?? '') < SHOWN_MS,
      );
      // What was on its way when the app closed is not known to have arrived; what was refused gets one more chance.
      keep(kept.map((one) => (one.state === 'received' ? one : { ...one, state: 'waiting' })));
      flush();
    },
    raise({ elderId, name, source = 'app', position, note }) {
      const pass = parts.pass();
      if (pass === undefined) return undefined;
      const isSame = (one: SosPress) =>
        one.personId === pass.personId && one.elderId === elderId && (elderId !== undefined || one.note === note);
      const unheard = presses.get().find((one) => one.state !== 'received' && isSame(one));
      if (unheard !== undefined) {
        attempt(unheard.alertId);
        return unheard;
      }
      const press: SosPress = {
        alertId: parts.newId(),
        personId: pass.personId,
        token: pass.token,
        ...(elderId === undefined ? {} : { elderId }),
        ...(name === undefined ? {} : { name }),
        ...(position === undefined ? {} : { position }),
        ...(note === undefined ? {} : { note }),
        source,
        pressedAt: parts.now(),
        state: 'sending',
        tries: 0,
      };
      // The newest first; a received one about the same elder has been joined by this one.
      keep([press, ...presses.get().filter((one) => one.state !== 'received' || !isSame(one))]);
      attempt(press.alertId);
      return press;
    },
    drop(alertId) {
      clearTimeout(timers.get(alertId));
      timers.delete(alertId);
      refusedWith.delete(alertId);
      keep(presses.get().filter((one) => one.alertId !== alertId));
    },
  };
}

import type { RouteName, Routes } from '../../../shared/routes.ts';
import type { Answer, Call, InputOf, Refused, Reply } from './client.ts';
import { createStore, type Store } from './store.ts';

/** Routes that may be sent again after a lost connection: the client made the id, so a repeat changes nothing. */
type Repeatable = {
  [N in RouteName]: Routes[N]['key'] extends `PUT ${string}` | `DELETE ${string}` ? N : never;
}[RouteName];

/** Something that was typed and is not known to have arrived. */
interface Pending {
  readonly id: string;
  readonly name: Repeatable;
  readonly input: unknown;
  /** What it is, in the person's words: `12月1日 午饭`. */
  readonly what: string;
  /** Whose it is: it is sent only with that person's session. */
  readonly personId: string;
  readonly madeAt: string;
  /** True once a sending got no answer; before that the page that sends it shows it. */
  readonly waiting: boolean;
}

/** What became of something that was sent later. */
interface Late {
  readonly id: string;
  readonly what: string;
  /** Whose it was: nobody else at this phone is told. */
  readonly personId: string;
  readonly refusal?: Refused;
}

export interface OutboxState {
  readonly pending: readonly Pending[];
  /** Told to the person until they have read it. */
  readonly late: readonly Late[];
}

export interface OutboxParts {
  readonly call: Call;
  readonly personId: () => string | undefined;
  readonly now: () => string;
  readonly read: () => OutboxState | undefined;
  readonly write: (state: OutboxState) => void;
}

export interface Outbox {
  readonly state: Store<OutboxState>;
  restore(): void;
  /**
   * Keeps the request on the phone, then sends it. Answered: forgotten. Not answered: kept, and sent by `flush` when there is a
   * connection. `id` names the request: submitting the same id again, while it is on its way or kept, makes no second request.
   */
  submit<N extends Repeatable>(item: {
    id: string;
    name: N;
    input: InputOf<N>;
    what: string;
  }): Promise<Answer<Reply<N>>>;
  /** Sends what is kept, one after the other, and stops at the first that gets no answer. */
  flush(): Promise<void>;
  /** The person has read what became of it. */
  dismiss(id: string): void;
  /** The person does not want it sent any more. */
  discard(id: string): void;
}

const EMPTY: OutboxState = { pending: [], late: [] };

/** `busy`: nothing was done; it may be sent again as it is. A lapsed session: it waits until the person has signed in again. */
const shallWait = (answer: Answer<unknown>): boolean =>
  !answer.ok && ['offline', 'busy', 'session-expired', 'unauthenticated'].includes(answer.refusal.code);

export function createOutbox(parts: OutboxParts): Outbox {
  const state = createStore<OutboxState>(EMPTY);
  const onItsWay = new Map<string, Promise<Answer<unknown>>>();
  let flushing: Promise<void> | undefined;

  const keep = (next: OutboxState): void => {
    state.set(next);
    parts.write(next);
  };
  const without = (id: string): readonly Pending[] => state.get().pending.filter((one) => one.id !== id);

  function send(item: Pending): Promise<Answer<unknown>> {
    const running = onItsWay.get(item.id);
    if (running) return running;
    const call = parts.call as (name: RouteName, input: unknown) => Promise<Answer<unknown>>;
    const sending = call(item.name, item.input).finally(() => onItsWay.delete(item.id));
    onItsWay.set(item.id, sending);
    return sending;
  }

  async function flushAll(): Promise<void> {
    for (const item of state.get().pending) {
      const isKept = state.get().pending.some((one) => one.id === item.id);
      if (!isKept || item.personId !== parts.personId() || onItsWay.has(item.id)) continue;
      const answer = await send(item);
      if (shallWait(answer)) return;
      // Discarded while it was on its way: nobody waits for the news.
      if (!state.get().pending.some((one) => one.id === item.id)) continue;
      const { id, what, personId } = item;
      const news: Late = { id, what, personId, ...(answer.ok ? {} : { refusal: answer.refusal }) };
      keep({ pending: without(item.id), late: [...state.get().late, news] });
    }
  }

  return {
    state,
    restore() {
      const { pending, late } = parts.read() ?? EMPTY;
      // Whatever was on its way when the app closed is not known to have arrived.
      state.set({ pending: pending.map((one) => ({ ...one, waiting: true })), late });
    },
    async submit({ id, name, input, what }) {
      const personId = parts.personId();
      if (personId !== undefined) {
        const item: Pending = { id, name, input, what, personId, madeAt: parts.now(), waiting: false };
        keep({ ...state.get(), pending: [...without(id), item] });
        const answer = await send(item);
        const kept = !answer.ok && answer.refusal.code === 'offline';
        // A refusal at the moment of sending is shown by the page that sent it, which still holds what was typed.
        keep({ ...state.get(), pending: kept ? [...without(id), { ...item, waiting: true }] : without(id) });
        return answer as Answer<Reply<typeof name>>;
      }
      return parts.call(name, ...([input] as never)) as Promise<Answer<Reply<typeof name>>>;
    },
    flush() {
      flushing ??= flushAll().finally(() => {
        flushing = undefined;
      });
      return flushing;
    },
    dismiss(id) {
      keep({ ...state.get(), late: state.get().late.filter((one) => one.id !== id) });
    },
    discard(id) {
      keep({ ...state.get(), pending: without(id) });
    },
  };
}

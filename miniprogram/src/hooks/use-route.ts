import { useDidShow } from '@tarojs/taro';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { RouteName } from '../../../shared/routes.ts';
import { call } from '../services/api.ts';
import type { Answer, InputOf, Refused, Reply } from '../services/client.ts';
import { connectionStore } from '../services/connection.ts';
import { readSeen, seenKey, writeSeen } from '../services/seen.ts';
import { sessionStore } from '../services/session.ts';
import { useStore } from '../services/store.ts';

/** What a page knows of one question to the API. With a value and a refusal, the value is from last time. */
export interface Query<T> {
  readonly value: T | undefined;
  readonly refusal: Refused | undefined;
  readonly loading: boolean;
  reload(): void;
  /** Shows what another call has answered, without asking again. */
  put(value: T): void;
}

/** Keeps an answer that came inside another one (an elder in a list), so that its own page opens without a connection too. */
export function remember<N extends RouteName>(name: N, input: InputOf<N>, value: Reply<N>): void {
  const personId = sessionStore.get()?.person.personId;
  if (personId !== undefined) writeSeen(seenKey(personId, name, input), value);
}

interface Asked<T> {
  readonly key: string;
  readonly value?: T;
  readonly refusal?: Refused;
  readonly loading: boolean;
}

function lastSeen<T>(key: string): Asked<T> {
  const value = key === '' ? undefined : readSeen<T>(key);
  return { key, loading: key !== '', ...(value === undefined ? {} : { value }) };
}

/**
 * Asks a route and asks again when the page is shown and when the connection is back. The last answer is kept on the phone until
 * sign-out, so that the page, and the meal code on it, also opens without a connection. `null` asks nothing yet.
 */
export function useRoute<N extends RouteName>(name: N, input: InputOf<N> | null): Query<Reply<N>> {
  type State = Asked<Reply<N>>;
  const personId = useStore(sessionStore)?.person.personId;
  const connected = useStore(connectionStore);
  // Nobody is signed in (a tab that is still open behind the sign-in page): there is nothing to ask for.
  const key = input === null || personId === undefined ? '' : seenKey(personId, name, input);
  const [state, setState] = useState<State>(() => lastSeen(key));
  // Another question: what is on the page belongs to the earlier one and must not be shown under the new heading.
  const current = state.key === key ? state : lastSeen<Reply<N>>(key);
  const latest = useRef(key);
  latest.current = key;
  const asked = useRef(input);
  asked.current = input;

  const reload = useCallback(() => {
    if (key === '' || asked.current === null) return;
    const ask = call as (name: RouteName, input: unknown) => Promise<Answer<Reply<N>>>;
    setState((before) => (before.key === key ? { ...before, loading: true } : lastSeen<Reply<N>>(key)));
    void ask(name, asked.current).then((answer) => {
      if (latest.current !== key) return;
      if (answer.ok) {
        writeSeen(key, answer.value);
        setState({ key, value: answer.value, loading: false });
      } else {
        setState((before) => ({ ...before, key, refusal: answer.refusal, loading: false }));
      }
    });
  }, [key, name]);

  useEffect(reload, [reload]);
  useDidShow(() => {
    if (current.value !== undefined && !current.loading) reload();
  });
  const wasConnected = useRef(connected);
  useEffect(() => {
    if (connected && !wasConnected.current) reload();
    wasConnected.current = connected;
  }, [connected, reload]);

  return {
    value: current.value,
    refusal: current.refusal,
    loading: current.loading,
    reload,
    put: (value) => {
      writeSeen(key, value);
      setState({ key, value, loading: false });
    },
  };
}

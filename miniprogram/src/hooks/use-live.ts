import { useDidHide, useDidShow } from '@tarojs/taro';
import { useEffect, useRef, useState } from 'react';
import type { RouteName } from '../../../shared/routes.ts';
import { call } from '../services/api.ts';
import type { Answer, InputOf, Refused, Reply } from '../services/client.ts';
import { clock } from '../services/clock.ts';
import { sessionStore } from '../services/session.ts';
import { useStore } from '../services/store.ts';

interface Asked<T> {
  readonly key: string;
  readonly value?: T;
  /** When the value came, by this phone's clock, milliseconds. */
  readonly answeredAt?: number;
  /** How the last question failed; absent after an answer. */
  readonly refusal?: Refused;
}

export interface Live<T> extends Omit<Asked<T>, 'key'> {
  /** Asks now. */
  reload(): void;
}

/**
 * Asks a route again and again while the page is in sight, `seconds` after each answer. What was answered stays when the
 * connection is lost; `refusal` says so. `null` asks nothing, and so does a page on which nobody is signed in.
 */
export function useLive<N extends RouteName>(name: N, input: InputOf<N> | null, seconds: number): Live<Reply<N>> {
  const personId = useStore(sessionStore)?.person.personId;
  const key = input === null || personId === undefined ? '' : `${personId}:${name}:${JSON.stringify(input)}`;
  const [state, setState] = useState<Asked<Reply<N>>>({ key });
  const [inSight, setInSight] = useState(true);
  const [round, setRound] = useState(0);
  useDidShow(() => setInSight(true));
  useDidHide(() => setInSight(false));
  const asked = useRef(input);
  asked.current = input;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the input, `round` asks again
  useEffect(() => {
    if (key === '' || !inSight) return;
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const question = call as (name: RouteName, input: unknown) => Promise<Answer<Reply<N>>>;
      const answer = await question(name, asked.current);
      if (over) return;
      setState((before) =>
        answer.ok
          ? { key, value: answer.value, answeredAt: clock.now() }
          : { ...(before.key === key ? before : { key }), refusal: answer.refusal },
      );
      timer = setTimeout(() => void ask(), seconds * 1000);
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [key, inSight, round, name, seconds]);

  // Another question: what is known belongs to the earlier one.
  const { key: _, ...known } = state.key === key ? state : { key };
  return { ...known, reload: () => setRound((before) => before + 1) };
}

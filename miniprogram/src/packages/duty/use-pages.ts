import { useCallback, useEffect, useRef, useState } from 'react';
import type { Answer, Refused } from '../../services/client.ts';

interface State<T> {
  readonly items: readonly T[];
  readonly cursor?: string | undefined;
  readonly loading: boolean;
  readonly refusal?: Refused | undefined;
}

/** A list that the API gives page by page. */
export interface Pages<T> extends State<T> {
  /** Undefined when all are shown. */
  readonly more: (() => void) | undefined;
  reload(): void;
  /** Shows what another call has changed, without asking again. */
  change(items: readonly T[]): void;
}

/**
 * Asks for a list page by page. `key` names the question: another one begins anew, and answers to an earlier one are dropped.
 * Nothing of it stays on the phone.
 */
export function usePages<T>(
  key: string,
  ask: (cursor: string | undefined) => Promise<Answer<{ items: readonly T[]; cursor?: string | undefined }>>,
): Pages<T> {
  const [state, setState] = useState<State<T>>({ items: [], loading: true });
  const latest = useRef(0);
  const asking = useRef(ask);
  asking.current = ask;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another key is another question, asked by the latest `ask`
  const load = useCallback(
    async (before: readonly T[], cursor: string | undefined) => {
      latest.current += 1;
      const mine = latest.current;
      setState({ items: before, cursor, loading: true });
      const answer = await asking.current(cursor);
      if (mine !== latest.current) return;
      setState(
        answer.ok
          ? { items: [...before, ...answer.value.items], cursor: answer.value.cursor, loading: false }
          : { items: before, cursor, loading: false, refusal: answer.refusal },
      );
    },
    [key],
  );
  useEffect(() => void load([], undefined), [load]);

  const { items, cursor, loading } = state;
  return {
    ...state,
    more: cursor === undefined || loading ? undefined : () => void load(items, cursor),
    reload: () => void load([], undefined),
    change: (next) => setState((before) => ({ ...before, items: next })),
  };
}

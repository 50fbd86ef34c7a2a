import { useCallback, useEffect, useRef, useState } from 'react';
import type { ElderRow } from '../../../../../shared/contracts/elders.ts';
import { call } from '../../../services/api.ts';
import type { Refused } from '../../../services/client.ts';

/** Typing rests for so long before the list is asked. In ms. */
const REST_MS = 250;

export interface Elders {
  readonly elders: readonly ElderRow[];
  readonly loading: boolean;
  readonly refusal: Refused | undefined;
  /** Undefined when all are shown. */
  readonly more: (() => void) | undefined;
  reload(): void;
}

interface State {
  readonly elders: readonly ElderRow[];
  readonly cursor?: string | undefined;
  readonly loading: boolean;
  readonly refusal?: Refused | undefined;
}

/**
 * The elders of a community whom `find` finds (the start of a name, or the last four digits of a phone), page by page. Answers to
 * an earlier question that come late are dropped, and nothing of it stays on the phone.
 */
export function useElders(community: string | undefined, find: string, wanted = true): Elders {
  const text = find.trim();
  const [state, setState] = useState<State>({ elders: [], loading: true });
  const latest = useRef(0);

  const ask = useCallback(
    async (before: readonly ElderRow[], cursor: string | undefined) => {
      if (community === undefined || !wanted) return;
      latest.current += 1;
      const mine = latest.current;
      setState({ elders: before, cursor, loading: true });
      const query = { ...(text === '' ? {} : { find: text }), ...(cursor === undefined ? {} : { cursor }) };
      const answer = await call('listElders', { params: { area: community }, query });
      if (mine !== latest.current) return;
      if (answer.ok) {
        setState({ elders: [...before, ...answer.value.elders], cursor: answer.value.cursor, loading: false });
      } else setState({ elders: before, cursor, loading: false, refusal: answer.refusal });
    },
    [community, text, wanted],
  );
  useEffect(() => {
    const timer = setTimeout(() => void ask([], undefined), text === '' ? 0 : REST_MS);
    return () => clearTimeout(timer);
  }, [ask, text]);

  const { elders, cursor, loading, refusal } = state;
  return {
    elders,
    loading,
    refusal,
    more: cursor === undefined || loading ? undefined : () => void ask(elders, cursor),
    reload: () => void ask([], undefined),
  };
}

import { useRef, useState } from 'react';
import type { Answer, Refused } from '../services/client.ts';

export interface Action {
  readonly busy: boolean;
  readonly refusal: Refused | undefined;
  /** Runs one request at a time: a second tap while the first is on its way does nothing and answers undefined. */
  run<T>(request: () => Promise<Answer<T>>): Promise<Answer<T> | undefined>;
  clear(): void;
}

/** Something that a button does: whether it is under way, and how it was refused. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refused | undefined>();
  const running = useRef(false);
  return {
    busy,
    refusal,
    async run(request) {
      if (running.current) return undefined;
      running.current = true;
      setBusy(true);
      setRefusal(undefined);
      try {
        const answer = await request();
        if (!answer.ok) setRefusal(answer.refusal);
        return answer;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
    clear: () => setRefusal(undefined),
  };
}

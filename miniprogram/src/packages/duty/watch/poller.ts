import type { Answer } from '../../../services/client.ts';

export interface Poller {
  /** Asks, unless a question is still under way. Call it as often as it shall ask. */
  tick(): void;
  /** Answers that are still under way are dropped. */
  stop(): void;
}

export interface PollerParts<T> {
  readonly ask: () => Promise<Answer<T>>;
  readonly onAnswer: (answer: Answer<T>) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A question without an answer holds the next one back for so long. In ms. */
  readonly giveUpMs: number;
}

/**
 * Asks the same thing again and again: one question at a time. One that hangs is given up after `giveUpMs` and asked anew; should
 * its answer come after all, it counts only while no later question has been answered.
 */
export function createPoller<T>({ ask, onAnswer, now, giveUpMs }: PollerParts<T>): Poller {
  let asked = 0;
  let answered = 0;
  let underWay = false;
  let askedAt = 0;
  let isStopped = false;
  return {
    tick() {
      if (isStopped || (underWay && now() - askedAt < giveUpMs)) return;
      asked += 1;
      const mine = asked;
      underWay = true;
      askedAt = now();
      void ask().then((answer) => {
        if (mine === asked) underWay = false;
        if (isStopped || mine < answered) return;
        answered = mine;
        onAnswer(answer);
      });
    },
    stop() {
      isStopped = true;
    },
  };
}

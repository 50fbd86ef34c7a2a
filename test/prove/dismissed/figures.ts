/** A request of somebody: when it was sent and answered (ms since the epoch), and with what status. */
export interface Asked {
  readonly personId: string;
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly status: number;
}

export interface DismissedFigures {
  /** Sessions that were ended: removals, moves, changes of role and number, signing out. */
  readonly changes: number;
  /** Requests that got an answer, of everybody. */
  readonly requests: number;
  readonly without_answer: number;
  /** Requests of those people that were answered before their change. */
  readonly acted_before: number;
  /** Requests of those people that were sent after their change was answered, and were answered as if nothing had happened. */
  readonly acted_after: number;
  readonly acted_after_20s: number;
  readonly acted_after_minute: number;
  /** Of all that those people sent later than a minute after: how many were refused. */
  readonly refused_after_minute: number;
  readonly bystanders_answered: number;
  readonly bystanders_refused: number;
  /** The longest time after a change at which a request of that person was still sent, or answered, with success. */
  readonly slowest_sent_s: number;
  readonly slowest_end_s: number;
  /** Removed people who are back in the table. */
  readonly returned: number;
}

/** Any answer but "you are nobody", and but those that judge nobody (too much at once, a fault, none at all). */
const isActed = ({ status }: Asked): boolean => status > 0 && status < 500 && status !== 401 && status !== 429;
const isRefused = ({ status }: Asked): boolean => status === 401;

/** Counts. `changedAt`: by person, the moment at which their change was answered. */
export function figuresOf(
  asked: readonly Asked[],
  changedAt: ReadonlyMap<string, number>,
  returned: number,
): DismissedFigures {
  const theirs = asked.filter(({ personId }) => changedAt.has(personId));
  const others = asked.filter(({ personId }) => !changedAt.has(personId));
  const after = (ms: number) => (each: Asked) => each.sentAt > (changedAt.get(each.personId) ?? 0) + ms;
  const acted = theirs.filter(isActed);
  const longest = (of: 'sentAt' | 'answeredAt') =>
    Math.round(acted.reduce((most, each) => Math.max(most, each[of] - (changedAt.get(each.personId) ?? 0)), 0) / 100) /
    10;
  return {
    changes: changedAt.size,
    requests: asked.filter(({ status }) => status > 0).length,
    without_answer: asked.filter(({ status }) => status === 0).length,
    acted_before: acted.filter(({ personId, answeredAt }) => answeredAt <= (changedAt.get(personId) ?? 0)).length,
    acted_after: acted.filter(after(0)).length,
    acted_after_20s: acted.filter(after(20_000)).length,
    acted_after_minute: acted.filter(after(60_000)).length,
    refused_after_minute: theirs.filter(isRefused).filter(after(60_000)).length,
    bystanders_answered: others.filter(isActed).length,
    bystanders_refused: others.filter(isRefused).length,
    slowest_sent_s: longest('sentAt'),
    slowest_end_s: longest('answeredAt'),
    returned,
  };
}

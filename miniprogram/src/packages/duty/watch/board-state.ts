import type { AlertBoard, AlertView } from '../../../../../shared/contracts/alerts.ts';
import type { Answer, Refused } from '../../../services/client.ts';

/**
 * Without an answer for so long the connection counts as lost: looked at twice a second, it is told within 3 s of the last answer,
 * and one question that fails alone is not told. In ms.
 */
const LOST_AFTER_MS = 2_400;

/** What the desk knows. All times in ms since 1970 of this device's clock, but for those inside the alerts. */
export interface BoardState {
  /** Open alerts as the server last told them, the most urgent first. */
  readonly alerts: readonly AlertView[];
  /** What an earlier start has kept: shown only while the server cannot be reached, and never rung for. */
  readonly kept: readonly AlertView[];
  /** The same alerts as the answers to this desk's own steps told them: newer than the board, until it has caught up. */
  readonly learnt: Readonly<Record<string, AlertView>>;
  /** How many open alerts stand behind these. */
  readonly hidden: number;
  /** When the board was last heard; undefined before the first answer. */
  readonly heardAt: number | undefined;
  readonly startedAt: number;
  /** Add to this device's clock to get the server's. */
  readonly offsetMs: number;
  /** Since when nothing was heard. */
  readonly lostSince: number | undefined;
  /** The connection came back. */
  readonly back: { readonly at: number; readonly lostMs: number } | undefined;
  /** Why the last question was refused. */
  readonly refusal: Refused | undefined;
}

export const emptyBoard = (now: number, kept: readonly AlertView[] = []): BoardState => ({
  alerts: [],
  kept,
  learnt: {},
  hidden: 0,
  heardAt: undefined,
  startedAt: now,
  offsetMs: 0,
  lostSince: undefined,
  back: undefined,
  refusal: undefined,
});

export const isUnanswered = (alert: AlertView): boolean => alert.state === 'calling';
const isClosed = (alert: AlertView): boolean => alert.state === 'resolved' || alert.state === 'false-alarm';

/** As the server has it: real before drills, verified before unverified; then what was called off, and what somebody has. */
function rank(alert: AlertView): number {
  if (!isUnanswered(alert)) return 4;
  if (alert.calledOffAt !== undefined) return 3;
  return alert.unverified ? 2 : alert.drill ? 1 : 0;
}
const since = ({ waitingSince, raisedAt }: AlertView): string => waitingSince ?? raisedAt;
/** In each rank the one first that has waited longest. */
const byUrgency = (a: AlertView, b: AlertView): number =>
  rank(a) - rank(b) || (since(a) < since(b) ? -1 : since(a) > since(b) ? 1 : 0);

const newer = (known: AlertView | undefined, told: AlertView): AlertView =>
  known !== undefined && known.rev > told.rev ? known : told;

/** Whether nothing was heard since the start, and what is shown is from an earlier one. */
export const isOld = ({ heardAt, lostSince }: BoardState): boolean => heardAt === undefined && lostSince !== undefined;

/** What is shown: each alert in its newest form, without those that are closed. */
export const openAlerts = (state: BoardState): readonly AlertView[] =>
  (isOld(state) ? state.kept : state.alerts)
    .map((alert) => newer(state.learnt[alert.alertId], alert))
    .filter((alert) => !isClosed(alert))
    .sort(byUrgency);

/** An answer of the server, or none, at a moment of this device's clock. */
export function heard(state: BoardState, answer: Answer<AlertBoard>, now: number): BoardState {
  if (!answer.ok) return { ...state, refusal: answer.refusal };
  const { at, alerts, open = alerts.length } = answer.value;
  // What the board has caught up with need not be remembered beside it. What it holds no longer is: an older copy may answer next.
  const learnt = Object.fromEntries(
    Object.entries(state.learnt).filter(([id, known]) => {
      const told = alerts.find(({ alertId }) => alertId === id);
      return told === undefined || known.rev > told.rev;
    }),
  );
  return {
    ...state,
    alerts,
    hidden: open - alerts.length,
    learnt,
    heardAt: now,
    offsetMs: Date.parse(at) - now,
    lostSince: undefined,
    back: state.lostSince === undefined ? state.back : { at: now, lostMs: now - state.lostSince },
    refusal: undefined,
  };
}

/** Time goes by: nothing heard for too long is told. */
export function passed(state: BoardState, now: number): BoardState {
  const since = state.heardAt ?? state.startedAt;
  if (state.lostSince !== undefined || now - since < LOST_AFTER_MS) return state;
  return { ...state, lostSince: since, back: undefined };
}

/** An alert as the answer to a step of this desk tells it. */
export function learnt(state: BoardState, alert: AlertView): BoardState {
  const known = state.learnt[alert.alertId];
  return { ...state, learnt: { ...state.learnt, [alert.alertId]: newer(known, alert) } };
}

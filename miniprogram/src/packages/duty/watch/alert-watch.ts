import type { AlertBoard, AlertView } from '../../../../../shared/contracts/alerts.ts';
import { ANSWERING_ROLES } from '../../../../../shared/contracts/roles.ts';
import { callQuietly } from '../../../services/api.ts';
import type { Refused } from '../../../services/client.ts';
import { clock } from '../../../services/clock.ts';
import { waitingAlertsStore } from '../../../services/duty-notice.ts';
import { readSeen, seenKey, writeSeen } from '../../../services/seen.ts';
import { sessionStore } from '../../../services/session.ts';
import { createStore } from '../../../services/store.ts';
import { type BoardState, emptyBoard, heard, isOld, isUnanswered, learnt, openAlerts, passed } from './board-state.ts';
import { type Mutes, muted, shallRing } from './mutes.ts';
import { createPoller, type Poller } from './poller.ts';
import { createSound } from './sound';
import { startTicker } from './ticker';
import { showInTitle } from './title.ts';

/** The watch looks round twice a second, and asks the board every other time: an alert is on it within two seconds. In ms. */
const LOOK_MS = 500;
const ASK_EVERY = 2;
/** A question that hangs is given up after so long; a dead connection is noticed by then at the latest. In ms. */
const GIVE_UP_MS = 5_000;

/**
 * The watch of this desk: one for the whole app, whichever page is open. It asks for the open alerts of the person's area, rings
 * while somebody waits, and says so in the title of the window. It begins with the first page that needs it and lasts until the
 * person signs out: a dispatcher who looks at a setting still hears the ring.
 */
export const boardStore = createStore<BoardState>(emptyBoard(0));
export const mutesStore = createStore<Mutes>({});
export const sound = createSound();

/** The attempt of this desk to take an alert. */
export interface Taking {
  /** The same for each repeat, so that one that arrived twice is one step. */
  readonly stepId: string;
  readonly busy: boolean;
  readonly refusal?: Refused;
}

/** By alert. The server decides who gets it: nothing is shown as taken before it has said so. */
export const takingStore = createStore<Readonly<Record<string, Taking>>>({});

interface Watch {
  readonly personId: string;
  readonly area: string;
  stop(): void;
}
let watch: Watch | undefined;
/** Somebody tries the ring, until then. */
let trialUntil = 0;
const TRIAL_MS = 2_000;

const keyOf = (personId: string, area: string): string => seenKey(personId, 'alertBoard', { params: { area } });

/** Sound, title and the notice on other pages follow from what is shown. */
function show(): void {
  const board = boardStore.get();
  const alerts = isOld(board) ? [] : openAlerts(board);
  const waiting = alerts.filter(isUnanswered).length;
  if (waitingAlertsStore.get() !== waiting) waitingAlertsStore.set(waiting);
  try {
    if (shallRing(mutesStore.get(), alerts, clock.now() + board.offsetMs) || clock.now() < trialUntil) sound.play();
    else sound.stop();
  } catch {
    // A device that fails to sound must not stop the watch: the page says that it is mute.
    sound.state.set('none');
  }
  showInTitle(waiting, clock.now());
}

/** What is kept for a start without a connection: the names and numbers to phone. Written only when the board has changed. */
function keep(personId: string, area: string, before: BoardState, board: AlertBoard): void {
  const same = (a: AlertView, place: number) =>
    a.alertId === before.alerts[place]?.alertId && a.rev === before.alerts[place]?.rev;
  if (before.heardAt === undefined || board.alerts.length !== before.alerts.length || !board.alerts.every(same)) {
    writeSeen(keyOf(personId, area), board);
  }
}

function begin(personId: string, area: string): Watch {
  const kept = readSeen<AlertBoard>(keyOf(personId, area));
  boardStore.set(emptyBoard(clock.now(), kept?.alerts ?? []));
  mutesStore.set({});
  takingStore.set({});
  const poller: Poller = createPoller<AlertBoard>({
    ask: () => callQuietly('alertBoard', { params: { area }, query: {} }),
    onAnswer: (answer) => {
      const before = boardStore.get();
      boardStore.set(passed(heard(before, answer, clock.now()), clock.now()));
      if (answer.ok) keep(personId, area, before, answer.value);
      show();
    },
    now: clock.now,
    giveUpMs: GIVE_UP_MS,
  });
  let looks = 0;
  const look = (): void => {
    boardStore.set(passed(boardStore.get(), clock.now()));
    if (looks % ASK_EVERY === 0) poller.tick();
    looks += 1;
    show();
  };
  const stopTicker = startTicker(look, LOOK_MS);
  sound.prepare();
  look();
  return {
    personId,
    area,
    stop() {
      stopTicker();
      poller.stop();
      sound.stop();
      waitingAlertsStore.set(0);
      showInTitle(0, clock.now());
    },
  };
}

/** Begins, goes on, or ends, as the session says. */
function keepWatch(): void {
  const person = sessionStore.get()?.person;
  const area = ANSWERING_ROLES.some((role) => role === person?.role) ? person?.area : undefined;
  if (watch !== undefined && (watch.personId !== person?.personId || watch.area !== area)) {
    watch.stop();
    watch = undefined;
  }
  if (watch === undefined && person !== undefined && area !== undefined) watch = begin(person.personId, area);
}

let isListening = false;
/** To be called by each page that shows alerts. */
export function startWatch(): void {
  keepWatch();
  if (isListening) return;
  isListening = true;
  sessionStore.subscribe(() => {
    if (watch !== undefined) keepWatch();
  });
}

/** What the server answered to a step of this desk. */
export function learn(alert: AlertView): void {
  boardStore.set(learnt(boardStore.get(), alert));
  show();
}

/** Silences this alert's call, and no other. */
export function mute(alert: AlertView): void {
  mutesStore.set(muted(mutesStore.get(), alert));
  show();
}

/** Rings for two seconds, so that one knows that it does. */
export function tryRing(): void {
  trialUntil = clock.now() + TRIAL_MS;
  sound.unblock();
  show();
}

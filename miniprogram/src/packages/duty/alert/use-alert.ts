import { useEffect, useRef, useState } from 'react';
import type { AlertDetail, AlertView } from '../../../../../shared/contracts/alerts.ts';
import { callQuietly } from '../../../services/api.ts';
import type { Refused } from '../../../services/client.ts';
import { clock } from '../../../services/clock.ts';
import { useStore } from '../../../services/store.ts';
import { boardStore, learn } from '../watch/alert-watch.ts';
import { openAlerts } from '../watch/board-state.ts';
import { createPoller, type Poller } from '../watch/poller.ts';

/** Deliveries change without a step of anybody, so that an open alert is asked anew. In ms. */
const EVERY_MS = 3_000;
const GIVE_UP_MS = 8_000;

interface Known {
  readonly detail: AlertDetail | undefined;
  readonly refusal: Refused | undefined;
}

/**
 * One alert with everything that happened, asked anew every few seconds, and at once when the board knows of something newer.
 * Nothing of it stays on this device.
 */
export function useAlert(alertId: string) {
  const [known, setKnown] = useState<Known>({ detail: undefined, refusal: undefined });
  const poller = useRef<Poller | undefined>(undefined);
  useEffect(() => {
    const mine = createPoller<AlertDetail>({
      ask: () => callQuietly('getAlert', { params: { alertId } }),
      onAnswer: (answer) => {
        if (answer.ok) learn(answer.value.alert);
        setKnown((before) =>
          answer.ok ? { detail: answer.value, refusal: undefined } : { detail: before.detail, refusal: answer.refusal },
        );
      },
      now: () => clock.now(),
      giveUpMs: GIVE_UP_MS,
    });
    poller.current = mine;
    mine.tick();
    const timer = setInterval(() => mine.tick(), EVERY_MS);
    return () => {
      clearInterval(timer);
      mine.stop();
    };
  }, [alertId]);

  const board = useStore(boardStore);
  // Without a connection what the board knows is shown: the numbers to phone stand in it.
  const onBoard = openAlerts(board).find((one) => one.alertId === alertId);
  const learnt = board.learnt[alertId];
  const newest = [known.detail?.alert, onBoard, learnt].reduce<AlertView | undefined>(
    (best, one) => (one !== undefined && (best === undefined || one.rev > best.rev) ? one : best),
    undefined,
  );
  const isBehind = known.detail !== undefined && newest !== undefined && newest.rev > known.detail.alert.rev;
  useEffect(() => {
    if (isBehind) poller.current?.tick();
  }, [isBehind]);

  return { alert: newest, detail: known.detail, refusal: known.refusal, reload: () => poller.current?.tick() };
}

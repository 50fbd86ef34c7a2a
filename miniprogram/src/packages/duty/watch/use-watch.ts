import { useEffect } from 'react';
import { useNow } from '../../../hooks/use-now.ts';
import { clock } from '../../../services/clock.ts';
import { useStore } from '../../../services/store.ts';
import { boardStore, startWatch } from './alert-watch.ts';
import { openAlerts } from './board-state.ts';

/** The board as it is now, and the time by the server's clock. Begins the watch where none runs yet. */
export function useWatch() {
  useEffect(startWatch, []);
  const board = useStore(boardStore);
  const ticked = useNow(1);
  // The clock is read anew: an answer between two ticks must not show a waiting time of before it.
  const now = Math.max(ticked, clock.now());
  return { board, alerts: openAlerts(board), now, serverNow: now + board.offsetMs };
}

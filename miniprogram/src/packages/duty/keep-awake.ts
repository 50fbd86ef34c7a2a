import Taro from '@tarojs/taro';
import { useEffect } from 'react';

const onWeb = process.env.TARO_ENV === 'h5';

/** Keeps the screen on for as long as the page is open: a board that has gone dark is looked at by nobody. */
export function useKeepAwake(): void {
  useEffect(() => {
    if (!onWeb) {
      // A phone that cannot says no, by an answer or by an error; the board works all the same.
      const keep = (keepScreenOn: boolean): void =>
        void Promise.resolve(Taro.setKeepScreenOn?.({ keepScreenOn })).catch(() => undefined);
      keep(true);
      return () => keep(false);
    }
    // Browsers without it, or that save power, let the screen go dark: the ring is still heard.
    const lock = navigator.wakeLock as WakeLock | undefined;
    let held: Promise<WakeLockSentinel | undefined> | undefined;
    const hold = (): void => {
      if (lock !== undefined && document.visibilityState === 'visible')
        held = lock.request('screen').catch(() => undefined);
    };
    hold();
    // The browser lets go of it whenever the page is out of sight.
    document.addEventListener('visibilitychange', hold);
    return () => {
      document.removeEventListener('visibilitychange', hold);
      void held?.then((one) => one?.release());
    };
  }, []);
}

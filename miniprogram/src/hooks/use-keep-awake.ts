import Taro from '@tarojs/taro';
import { useEffect } from 'react';

const onWeb = process.env.TARO_ENV === 'h5';

/** How many pages want the screen to stay on: it goes dark when the last one wants it no more. */
let wanting = 0;

/** Keeps the screen on for as long as the page is open and wants it: in WeChat a dark screen stops the app five seconds later. */
export function useKeepAwake(wanted = true): void {
  useEffect(() => {
    if (!wanted) return;
    return onWeb ? keepBrowserAwake() : keepPhoneAwake();
  }, [wanted]);
}

function keepPhoneAwake(): () => void {
  // A phone that cannot says no, by an answer or by an error; the page works all the same.
  const keep = (keepScreenOn: boolean): void =>
    void Promise.resolve(Taro.setKeepScreenOn?.({ keepScreenOn })).catch(() => undefined);
  wanting += 1;
  keep(true);
  return () => {
    wanting -= 1;
    if (wanting === 0) keep(false);
  };
}

/** Browsers without it, or that save power, let the screen go dark: the ring is still heard. */
function keepBrowserAwake(): () => void {
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
}

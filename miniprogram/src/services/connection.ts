import Taro from '@tarojs/taro';
import { createStore } from './store.ts';

/** Whether the phone believes it is connected. A call that got no answer also counts as a sign that it is not. */
export const connectionStore = createStore<boolean>(true);

const RETRY_MS = 20_000;

/** Watches the connection for as long as the app lives, and calls `whenBack` whenever sending may work again. */
export function watchConnection(whenBack: () => void): void {
  const set = (connected: boolean): void => {
    if (connectionStore.get() !== connected) connectionStore.set(connected);
    if (connected) whenBack();
  };
  Taro.getNetworkType({ success: ({ networkType }) => set(networkType !== 'none') }).catch(() => undefined);
  Taro.onNetworkStatusChange(({ isConnected }) => set(isConnected));
  // A phone may say "connected" behind a gateway that answers nothing, so what is kept is also tried now and then.
  setInterval(whenBack, RETRY_MS);
}

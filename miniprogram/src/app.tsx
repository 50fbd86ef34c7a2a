import './services/polyfills.ts';
import { useDidShow, useLaunch } from '@tarojs/taro';
import type { PropsWithChildren } from 'react';
import './app.css';
import { outbox, sos } from './services/api.ts';
import { watchConnection } from './services/connection.ts';
import { pruneSeen } from './services/seen.ts';
import { restoreSession } from './services/session.ts';
import { restoreSettings } from './services/settings.ts';

// Before the first page renders, so that nobody sees the sign-in page flash by.
restoreSettings();
restoreSession();
sos.restore();
outbox.restore();
pruneSeen();

// Help first, then meals.
const sendAll = (): void => {
  sos.flush();
  void outbox.flush();
};

export default function App({ children }: PropsWithChildren) {
  useLaunch(() => watchConnection(sendAll));
  useDidShow(sendAll);
  return children;
}

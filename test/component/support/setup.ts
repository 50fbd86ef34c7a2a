import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach } from 'vitest';
import { forgetAddresses } from '../../../miniprogram/src/services/addresses.ts';
import { outbox, sos } from '../../../miniprogram/src/services/api.ts';
import { chosenElderStore } from '../../../miniprogram/src/services/chosen-elder.ts';
import { clock } from '../../../miniprogram/src/services/clock.ts';
import { connectionStore } from '../../../miniprogram/src/services/connection.ts';
import { sessionStore } from '../../../miniprogram/src/services/session.ts';
import { settingsStore } from '../../../miniprogram/src/services/settings.ts';
import { sosPassStore } from '../../../miniprogram/src/services/sos-pass.ts';
import { NOW } from './sample.ts';
import { stage } from './taro.ts';

beforeEach(() => {
  stage.reset();
  forgetAddresses();
  clock.now = () => Date.parse(NOW);
  sessionStore.set(null);
  for (const { alertId } of sos.presses.get()) sos.drop(alertId);
  sosPassStore.set(undefined);
  connectionStore.set(true);
  chosenElderStore.set(undefined);
  settingsStore.set({ language: 'zh', textScale: 100 });
  outbox.state.set({ pending: [], late: [] });
});
afterEach(cleanup);

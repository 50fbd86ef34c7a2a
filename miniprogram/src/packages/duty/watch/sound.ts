import Taro from '@tarojs/taro';
import { createStore } from '../../../services/store.ts';
import { ringTone, wavOf } from './ring-tone.ts';
import type { Sound, SoundState } from './sound-types.ts';

const SAMPLES_PER_SECOND = 8_000;
const VIBRATE_MS = 2_000;

/** The ring in WeChat: it plays files only, so the tone is written to one first. It sounds with the phone's mute switch on. */
export function createSound(): Sound {
  const state = createStore<SoundState>('ready');
  let audio: Taro.InnerAudioContext | undefined;
  let vibrating: ReturnType<typeof setInterval> | undefined;

  const prepare = (): void => {
    if (audio !== undefined) return;
    try {
      const path = `${Taro.env.USER_DATA_PATH}/ring.wav`;
      Taro.getFileSystemManager().writeFileSync(path, wavOf(ringTone(SAMPLES_PER_SECOND), SAMPLES_PER_SECOND));
      void Taro.setInnerAudioOption({ obeyMuteSwitch: false, mixWithOther: true }).catch(() => undefined);
      audio = Taro.createInnerAudioContext();
      audio.src = path;
      audio.loop = true;
      audio.onError(() => state.set('none'));
      audio.onPlay(() => state.set('ready'));
    } catch {
      state.set('none');
    }
  };
  const vibrate = (): void => void Promise.resolve(Taro.vibrateLong?.()).catch(() => undefined);
  return {
    state,
    prepare,
    unblock() {
      prepare();
      if (vibrating !== undefined) audio?.play();
    },
    play() {
      if (vibrating !== undefined) return;
      prepare();
      audio?.play();
      vibrate();
      vibrating = setInterval(vibrate, VIBRATE_MS);
    },
    stop() {
      if (vibrating === undefined) return;
      clearInterval(vibrating);
      vibrating = undefined;
      audio?.stop();
    },
  };
}

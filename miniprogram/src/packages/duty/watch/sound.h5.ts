import { createStore } from '../../../services/store.ts';
import { ringTone } from './ring-tone.ts';
import type { Sound, SoundState } from './sound-types.ts';

/** The ring in a browser, made by WebAudio: no file that could be missing when it is needed. */
export function createSound(): Sound {
  const state = createStore<SoundState>('ready');
  let context: AudioContext | undefined;
  let playing: AudioBufferSourceNode | undefined;

  const look = (): void => {
    const next = context === undefined ? 'none' : context.state === 'running' ? 'ready' : 'blocked';
    if (state.get() !== next) state.set(next);
  };
  const unblock = (): void => {
    if (context !== undefined && context.state !== 'running') void context.resume().then(look, look);
  };
  const prepare = (): void => {
    try {
      if (context === undefined) {
        context = new AudioContext();
        context.onstatechange = look;
        // Any touch of the page will do.
        window.addEventListener('pointerdown', unblock);
        window.addEventListener('keydown', unblock);
      }
    } catch {
      // No WebAudio, no sound card: the page says so, and is looked at instead.
    }
    look();
  };
  return {
    state,
    prepare,
    unblock,
    play() {
      prepare();
      if (context === undefined || playing !== undefined) return;
      const samples = ringTone(context.sampleRate);
      const buffer = context.createBuffer(1, samples.length, context.sampleRate);
      buffer.getChannelData(0).set(samples);
      playing = context.createBufferSource();
      playing.buffer = buffer;
      playing.loop = true;
      playing.connect(context.destination);
      playing.start();
      unblock();
    },
    stop() {
      playing?.stop();
      playing?.disconnect();
      playing = undefined;
    },
  };
}

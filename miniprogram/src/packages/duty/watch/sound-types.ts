import type { Store } from '../../../services/store.ts';

/** `blocked`: the browser lets nothing sound before a touch. `none`: this device cannot sound at all. */
export type SoundState = 'ready' | 'blocked' | 'none';

export interface Sound {
  readonly state: Store<SoundState>;
  /** Finds out whether it may sound. */
  prepare(): void;
  /** Rings until `stop`. Ringing already: nothing changes. */
  play(): void;
  stop(): void;
  /** To be called while the person touches the page: takes the browser's block away. */
  unblock(): void;
}

import type { RouteName } from '../../../shared/routes.ts';
import { clock } from './clock.ts';
import { storage } from './storage.ts';

/** Answers of the API that are kept on the phone until sign-out, so that pages open without a connection. */
const PREFIX = 'seen:answer:';
const KEPT_MS = 14 * 24 * 60 * 60 * 1000;

interface Seen<T> {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly value: T;
}

export const seenKey = (personId: string, name: RouteName, input: unknown): string =>
  `${PREFIX}${personId}:${name}:${JSON.stringify(input)}`;

export const readSeen = <T>(key: string): T | undefined => storage.read<Seen<T>>(key)?.value;

export const writeSeen = (key: string, value: unknown): void => storage.write(key, { at: clock.now(), value });

/** Removes what was not looked at for two weeks: a phone's storage is small (10 MB in WeChat). */
export function pruneSeen(): void {
  for (const key of storage.keys(PREFIX)) {
    const at = storage.read<Seen<unknown>>(key)?.at;
    if (at === undefined || clock.now() - at > KEPT_MS) storage.remove(key);
  }
}

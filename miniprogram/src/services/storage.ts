import Taro from '@tarojs/taro';

const PREFIX = 'anxin:';
/** Answers of the API, kept so that pages open without a connection. */
const READ_BEFORE = 'seen:';

/**
 * What is kept on the phone, as JSON. A full or forbidden storage (private browsing) loses the value and nothing else: the page
 * goes on with what it holds in memory.
 */
export const storage = {
  read<T>(key: string): T | undefined {
    try {
      const text: unknown = Taro.getStorageSync(PREFIX + key);
      return typeof text === 'string' && text !== '' ? (JSON.parse(text) as T) : undefined;
    } catch {
      return undefined;
    }
  },
  write(key: string, value: unknown): void {
    try {
      Taro.setStorageSync(PREFIX + key, JSON.stringify(value));
    } catch {
      // see above
    }
  },
  /**
   * Writes what must be there after a restart: where there is no room for it, what was read before goes first, as it can be asked for
   * again. Says whether it stands.
   */
  keep(key: string, value: unknown): boolean {
    const text = JSON.stringify(value);
    const stands = (): boolean => {
      try {
        Taro.setStorageSync(PREFIX + key, text);
        return Taro.getStorageSync(PREFIX + key) === text;
      } catch {
        return false;
      }
    };
    if (stands()) return true;
    for (const old of storage.keys(READ_BEFORE)) {
      storage.remove(old);
      if (stands()) return true;
    }
    return false;
  },
  remove(key: string): void {
    try {
      Taro.removeStorageSync(PREFIX + key);
    } catch {
      // see above
    }
  },
  /** The keys that start with `start`. */
  keys(start: string): string[] {
    try {
      const all = Taro.getStorageInfoSync().keys ?? [];
      return all.filter((key) => key.startsWith(PREFIX + start)).map((key) => key.slice(PREFIX.length));
    } catch {
      return [];
    }
  },
  /** Removes every value whose key starts with `start`. */
  removeAll(start: string): void {
    for (const key of storage.keys(start)) storage.remove(key);
  },
};

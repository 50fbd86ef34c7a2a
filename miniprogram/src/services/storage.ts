import Taro from '@tarojs/taro';

const PREFIX = 'anxin:';

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

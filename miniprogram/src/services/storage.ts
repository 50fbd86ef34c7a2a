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
  /** Removes every value whose key starts with `start`. */
  removeAll(start: string): void {
    try {
      for (const key of Taro.getStorageInfoSync().keys ?? []) {
        if (key.startsWith(PREFIX + start)) Taro.removeStorageSync(key);
      }
    } catch {
      // see above
    }
  },
};

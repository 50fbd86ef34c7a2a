import Taro from '@tarojs/taro';
import { storage } from './storage.ts';
import { createStore } from './store.ts';

export type Language = 'zh' | 'en';
/** How large the words are, as a percentage of the usual 20 px body text. Each has a class in `theme/tokens.css`. */
export const TEXT_SCALES = [100, 115, 130, 145, 160] as const;
type TextScale = (typeof TEXT_SCALES)[number];

export interface Settings {
  readonly language: Language;
  readonly textScale: TextScale;
}

const KEY = 'settings';
/** What WeChat reports when the person has not changed the size of text, in px. */
const WECHAT_USUAL_PX = 16;

export const settingsStore = createStore<Settings>({ language: 'zh', textScale: 100 });

const nearest = (percent: number): TextScale =>
  TEXT_SCALES.reduce((best, one) => (Math.abs(one - percent) < Math.abs(best - percent) ? one : best));

/** The person's own choice, or else the size that they set in WeChat. */
function scaleOfPhone(): TextScale {
  try {
    // Taro's types do not know this field of WeChat's answer.
    const px = (Taro.getAppBaseInfo?.() as { fontSizeSetting?: number } | undefined)?.fontSizeSetting;
    return typeof px === 'number' ? nearest((px / WECHAT_USUAL_PX) * 100) : 100;
  } catch {
    return 100;
  }
}

export function restoreSettings(): void {
  const kept = storage.read<Partial<Settings>>(KEY);
  settingsStore.set({
    language: kept?.language === 'en' ? 'en' : 'zh',
    textScale: TEXT_SCALES.find((one) => one === kept?.textScale) ?? scaleOfPhone(),
  });
}

export function changeSettings(change: Partial<Settings>): void {
  const next = { ...settingsStore.get(), ...change };
  settingsStore.set(next);
  storage.write(KEY, next);
}

import { describe, expect, it } from 'vitest';
import { en as alertsEn } from '../../miniprogram/src/i18n/alerts/en.ts';
import { zh as alertsZh } from '../../miniprogram/src/i18n/alerts/zh.ts';
import { en as circleEn } from '../../miniprogram/src/i18n/circle/en.ts';
import { zh as circleZh } from '../../miniprogram/src/i18n/circle/zh.ts';
import { dayWords, fullDate, momentWords } from '../../miniprogram/src/i18n/dates.ts';
import { en } from '../../miniprogram/src/i18n/en.ts';
import { en as sosEn } from '../../miniprogram/src/i18n/sos/en.ts';
import { zh as sosZh } from '../../miniprogram/src/i18n/sos/zh.ts';
import { zh } from '../../miniprogram/src/i18n/zh.ts';
import { restoreSettings, settingsStore } from '../../miniprogram/src/services/settings.ts';
import { stage } from './support/taro.ts';

type Tree = { readonly [key: string]: unknown };

/** Every text of a language by its path; what takes arguments is called with plain ones. */
function texts(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] => {
    const here = `${path}.${key}`;
    if (typeof value === 'string') return [[here, value]];
    if (typeof value === 'function') return [[here, String(value(...Array.from({ length: value.length }, () => 7)))]];
    return texts(value as Tree, here);
  });
}

describe('the words', () => {
  it('are English in English, and Chinese in Chinese', () => {
    const ownNames = [
      '.me.language',
      '.me.languages.zh',
      '.me.languages.en',
      '.dishes.suits',
      '.wordGap',
      '.money.yuan',
    ];
    const words = (tree: Tree) => texts(tree).filter(([path]) => !ownNames.includes(path));
    expect(words(en).filter(([, text]) => /[一-鿿]/.test(text))).toEqual([]);
    // They only put other words together.
    const neutral = ['.dishes.listSeparator', '.orderPage.title'];
    const lacking = words(zh).filter(([path, text]) => !neutral.includes(path) && !/[一-鿿]/.test(text));
    expect(lacking).toEqual([]);
  });

  it('are never empty, and never show a missing argument', () => {
    const odd = [...texts(zh), ...texts(en)].filter(
      ([path, text]) => path !== '.wordGap' && (text.trim() === '' || /undefined|null|NaN/.test(text)),
    );
    expect(odd).toEqual([]);
  });
});

describe('the words of alerts', () => {
  const sets = [
    [sosZh, sosEn],
    [alertsZh, alertsEn],
    [circleZh, circleEn],
  ] as const;

  it('are English in English, and Chinese in Chinese', () => {
    // They only put others together, or are the same figure in both.
    const neutral = [
      '.gap',
      '.colon',
      '.alert.actor',
      '.alert.between',
      '.contacts.and',
      '.devices.batteryOf',
      '.span',
    ];
    for (const [chinese, english] of sets) {
      const words = (tree: Tree) => texts(tree).filter(([path]) => !neutral.includes(path));
      expect(words(english).filter(([, text]) => /[一-鿿]/.test(text))).toEqual([]);
      expect(words(chinese).filter(([, text]) => !/[一-鿿]/.test(text))).toEqual([]);
    }
  });

  it('are never empty, and never show a missing argument', () => {
    const odd = sets
      .flat()
      .flatMap((tree) => texts(tree))
      .filter(([path, text]) => path !== '.gap' && (text.trim() === '' || /undefined|null|NaN/.test(text)));
    expect(odd).toEqual([]);
  });

  it('say a length of time by its two largest parts', () => {
    const lengths = [0, 20, 60, 80, 1200, 3600, 7500, 90_000, 259_200];
    expect(lengths.map(alertsZh.span)).toEqual([
      '0 秒',
      '20 秒',
      '1 分',
      '1 分 20 秒',
      '20 分',
      '1 小时',
      '2 小时 5 分',
      '1 天 1 小时',
      '3 天',
    ]);
    expect(alertsEn.span(80)).toBe('1 min 20 s');
  });
});

describe('days', () => {
  it('are called as people call them', () => {
    const say = (date: string) => dayWords(date, '2026-11-30', 'zh');
    expect(['2026-11-29', '2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03'].map(say)).toEqual([
      '昨天（周日）',
      '今天（周一）',
      '明天（周二）',
      '后天（周三）',
      '12月3日（周四）',
    ]);
    expect(dayWords('2026-12-01', '2026-11-30', 'en')).toBe('tomorrow (Tue)');
    expect(fullDate('1944-03-08', 'zh')).toBe('1944年3月8日');
  });

  it('are those of China, wherever the phone is', () => {
    expect(momentWords('2026-11-30T16:30:00.000Z', '2026-11-30', 'zh')).toBe('明天（周二）00:30');
  });
});

describe('the size of the words', () => {
  it('begins with what the person has set in WeChat', () => {
    const sizes = [undefined, 16, 18, 20, 23, 30].map((fontSizeSetting) => {
      stage.fontSizeSetting = fontSizeSetting;
      restoreSettings();
      return settingsStore.get().textScale;
    });
    expect(sizes).toEqual([100, 100, 115, 130, 145, 160]);
  });

  it('is the person’s own choice once they have made one', () => {
    stage.fontSizeSetting = 30;
    stage.storage.set('anxin:settings', JSON.stringify({ language: 'en', textScale: 115 }));
    restoreSettings();
    expect(settingsStore.get()).toEqual({ language: 'en', textScale: 115 });
  });
});

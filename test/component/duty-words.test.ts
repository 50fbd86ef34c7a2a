import { describe, expect, it } from 'vitest';
import { en } from '../../miniprogram/src/packages/duty/words/en.ts';
import { zh } from '../../miniprogram/src/packages/duty/words/zh.ts';

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

describe('the words of those on duty', () => {
  it('are English in English, and Chinese in Chinese', () => {
    expect(texts(en).filter(([, text]) => /[一-鿿]/.test(text))).toEqual([]);
    // A number, and words that are put together elsewhere.
    const neutral = ['.openings.reviewed', '.callees.emergency-services', '.report.areaOf'];
    const lacking = texts(zh).filter(([path, text]) => !neutral.includes(path) && !/[一-鿿]/.test(text));
    expect(lacking).toEqual([]);
  });

  it('are never empty, and never show a missing argument', () => {
    const odd = [...texts(zh), ...texts(en)].filter(
      ([, text]) => text.trim() === '' || /undefined|null|NaN/.test(text),
    );
    expect(odd).toEqual([]);
  });

  it('call a wait as people say it', () => {
    const spans = [zh.span(0, 0, 20), zh.span(0, 1, 20), zh.span(1, 2, 5), zh.span(180, 21, 0)];
    expect(spans).toEqual(['20 秒', '1 分 20 秒', '1 小时 2 分', '7 天 12 小时']);
  });
});

import { formatYuan } from '../values/money.ts';
import type { AbilityLevel, EatingMode, Tag } from './facts.ts';

/** Words of the policy engine's reasons, in the two languages. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

export const TAG_WORDS: Readonly<Record<Tag, Words>> = {
  'no-support': { zh: '三无老人', en: 'no support' },
  destitute: { zh: '特困人员', en: 'destitute' },
  'minimum-living': { zh: '低保', en: 'minimum living allowance' },
  'near-minimum-living': { zh: '低保边缘', en: 'near the minimum living allowance' },
  'low-income': { zh: '低收入', en: 'low income' },
  'empty-nest': { zh: '空巢老人', en: 'empty nest' },
  'living-alone': { zh: '独居老人', en: 'living alone' },
  'lost-only-child': { zh: '失独老人', en: 'lost the only child' },
  'preferential-treatment': { zh: '优抚对象', en: 'preferential treatment' },
  disabled: { zh: '残疾', en: 'disabled' },
  dementia: { zh: '失智', en: 'dementia' },
  'model-worker': { zh: '劳模', en: 'model worker' },
  'in-hardship': { zh: '生活困难', en: 'in hardship' },
  'serious-illness': { zh: '重病', en: 'serious illness' },
};

export const ABILITY_WORDS: Readonly<Record<AbilityLevel, Words>> = {
  intact: { zh: '能力完好', en: 'intact' },
  mild: { zh: '轻度失能', en: 'mild loss of ability' },
  moderate: { zh: '中度失能', en: 'moderate loss of ability' },
  severe: { zh: '重度失能', en: 'severe loss of ability' },
  complete: { zh: '完全失能', en: 'complete loss of ability' },
};

export const EATING_WORDS: Readonly<Record<EatingMode, Words>> = {
  'dine-in': { zh: '堂食', en: 'dine-in' },
  pickup: { zh: '自取', en: 'pickup' },
  delivery: { zh: '送餐', en: 'delivery' },
};

const ITEM_WORDS: ReadonlyMap<string, Words> = new Map([
  ['breakfast', { zh: '早餐', en: 'breakfast' }],
  ['lunch', { zh: '午餐', en: 'lunch' }],
  ['dinner', { zh: '晚餐', en: 'dinner' }],
]);
/** The name of an item; one that Anxin has no word for is called by its id. */
export const itemWords = (item: string): Words => ITEM_WORDS.get(item) ?? { zh: item, en: item };

export const PERIOD_WORDS = {
  meal: { zh: '本餐', each: '每餐', en: 'in this meal', per: 'a meal' },
  day: { zh: '当日', each: '每日', en: 'on that day', per: 'a day' },
  week: { zh: '当周', each: '每周', en: 'in that week', per: 'a week' },
  month: { zh: '当月', each: '每月', en: 'in that month', per: 'a month' },
  year: { zh: '当年', each: '每年', en: 'in that year', per: 'a year' },
} as const;

/** Which meals are counted: nothing for all, `午餐` and ` of lunch` for some. */
export function ofItems(items: readonly string[] | undefined): Words {
  if (items === undefined) return { zh: '', en: '' };
  const { zh, en } = listWords(items.map(itemWords));
  return { zh, en: ` of ${en}` };
}

const WEEKDAYS_ZH = ['一', '二', '三', '四', '五', '六', '日'];
const WEEKDAYS_EN = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
export const weekdayWords = (weekday: number): Words => ({
  zh: `周${WEEKDAYS_ZH[weekday - 1]}`,
  en: WEEKDAYS_EN[weekday - 1] ?? '',
});

/** `2元`, `2.50元`. */
export const yuanZh = (fen: number): string => `${fen % 100 === 0 ? fen / 100 : formatYuan(fen).slice(1)}元`;
/** `2 yuan`, `2.50 yuan`. */
export const yuanEn = (fen: number): string => `${fen % 100 === 0 ? fen / 100 : formatYuan(fen).slice(1)} yuan`;

/** `2次`, `1 meal`, `3 meals`. */
export const mealsEn = (count: number): string => `${count} subsidised ${count === 1 ? 'meal' : 'meals'}`;

const MAX_CLAUSE = 150;

/** Keeps a clause short enough for its sentence, without cutting a character in two. */
export function clip(text: string): string {
  if (text.length <= MAX_CLAUSE) return text;
  const end = text.charCodeAt(MAX_CLAUSE - 2) >> 10 === 0x36 ? MAX_CLAUSE - 2 : MAX_CLAUSE - 1;
  return `${text.slice(0, end)}…`;
}

/** Joins names as a list: 甲、乙 and "a, b or c". */
export const listWords = (words: readonly Words[]): Words => ({
  zh: words.map(({ zh }) => zh).join('、'),
  en:
    words.length < 2
      ? (words[0]?.en ?? '')
      : `${words
          .slice(0, -1)
          .map(({ en }) => en)
          .join(', ')} or ${words.at(-1)?.en}`,
});

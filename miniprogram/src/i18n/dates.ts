import {
  addDays,
  dateInChina,
  type Instant,
  type IsoDate,
  timeInChina,
  weekdayOf,
} from '../../../shared/values/dates.ts';
import type { Language } from '../services/settings.ts';

const WEEKDAYS = {
  zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
} as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const NEAR = {
  zh: { '-1': '昨天', '0': '今天', '1': '明天', '2': '后天' },
  en: { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' },
} as const;

/** 周二, Tue */
export const weekdayWord = (weekday: number, language: Language): string => WEEKDAYS[language][weekday - 1] ?? '';

/** 12月1日, 1 Dec */
export function dayOfMonth(date: IsoDate, language: Language): string {
  const month = Number(date.slice(5, 7));
  const day = Number(date.slice(8, 10));
  return language === 'zh' ? `${month}月${day}日` : `${day} ${MONTHS[month - 1]}`;
}

/** 1944年3月8日, 8 Mar 1944 */
export const fullDate = (date: IsoDate, language: Language): string =>
  language === 'zh'
    ? `${date.slice(0, 4)}年${dayOfMonth(date, language)}`
    : `${dayOfMonth(date, language)} ${date.slice(0, 4)}`;

/** 12月1日（周二）: a day by its date, also when it has a name. */
export function dateWords(date: IsoDate, language: Language): string {
  const weekday = weekdayWord(weekdayOf(date), language);
  return language === 'zh' ? `${dayOfMonth(date, language)}（${weekday}）` : `${weekday} ${dayOfMonth(date, language)}`;
}

/** 明天, 后天; undefined for a day that people call by its date. */
export function nearDay(date: IsoDate, today: IsoDate, language: Language): string | undefined {
  const near: Readonly<Record<string, string>> = NEAR[language];
  return Object.keys(near)
    .map((days) => (addDays(today, Number(days)) === date ? near[days] : undefined))
    .find(Boolean);
}

/** 明天（周二）, 12月9日（周三）; tomorrow (Tue), 9 Dec (Wed): a day as people say it. */
export function dayWords(date: IsoDate, today: IsoDate, language: Language): string {
  const name = nearDay(date, today, language) ?? dayOfMonth(date, language);
  const weekday = weekdayWord(weekdayOf(date), language);
  return language === 'zh' ? `${name}（${weekday}）` : `${name} (${weekday})`;
}

/** 今天（周日）15:00 */
export function momentWords(at: Instant, today: IsoDate, language: Language): string {
  const gap = language === 'zh' ? '' : ', ';
  return `${dayWords(dateInChina(at), today, language)}${gap}${timeInChina(at)}`;
}

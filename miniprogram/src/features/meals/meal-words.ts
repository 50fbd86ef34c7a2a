import type { SittingName } from '../../../../shared/contracts/canteens.ts';
import type { IsoDate } from '../../../../shared/values/dates.ts';
import { useLanguage, useWords } from '../../i18n';
import { dateWords, dayOfMonth, dayWords, fullDate, momentWords, nearDay } from '../../i18n/dates.ts';
import { today } from '../../services/clock.ts';

/** How meals, days and times are said on every page. */
export function useMealWords() {
  const words = useWords();
  const language = useLanguage();
  const now = today();
  return {
    /** 明天（周二） */
    day: (date: IsoDate) => dayWords(date, now, language),
    /** 明天, or 12月9日 where the day has no name: short enough for a button. */
    shortDay: (date: IsoDate) => nearDay(date, now, language) ?? dayOfMonth(date, language),
    /** 12月1日 */
    date: (date: IsoDate) => dayOfMonth(date, language),
    /** 12月1日（周二） */
    dateAndWeekday: (date: IsoDate) => dateWords(date, language),
    /** 1944年3月8日 */
    fullDate: (date: IsoDate) => fullDate(date, language),
    /** 午饭 */
    meal: (sitting: SittingName) => words.sittings[sitting],
    /** 明天（周二）午饭 */
    dayMeal: (date: IsoDate, sitting: SittingName) =>
      words.orderPage.title(dayWords(date, now, language), words.sittings[sitting]),
    /** 11:00–11:30 */
    slot: (slot: { from: string; until: string }) => `${slot.from}–${slot.until}`,
    /** 今天（周一）15:00 */
    moment: (at: string) => momentWords(at, now, language),
  };
}

import { dateInChina, timeInChina } from '../../../../../shared/values/dates.ts';
import { useLanguage } from '../../../i18n';
import { dayWords } from '../../../i18n/dates.ts';
import { today } from '../../../services/clock.ts';
import { useStaffWords } from '../words';

/** When less is left than this, it is urgent. In minutes. */
const SOON = 60;

export interface Closing {
  readonly words: string;
  readonly state: 'open' | 'soon' | 'closed';
}

/** 9:30 截止，还剩 25 分钟: until when families may order, by the clock and in words. `now` in milliseconds. */
export function useClosing() {
  const staff = useStaffWords();
  const language = useLanguage();
  return (closesAt: string, now: number): Closing => {
    const minutes = Math.floor((Date.parse(closesAt) - now) / 60_000);
    const day = dateInChina(closesAt);
    const time = timeInChina(closesAt).replace(/^0/, '');
    const at = day === today() ? time : `${dayWords(day, today(), language)}${language === 'zh' ? '' : ' '}${time}`;
    if (minutes < 0) return { words: staff.closing.closed(at), state: 'closed' };
    if (minutes < SOON) return { words: staff.closing.soon(at, minutes), state: 'soon' };
    const hours = Math.floor(minutes / 60);
    return {
      words: hours < 24 ? staff.closing.open(at, hours, minutes % 60) : staff.closing.later(at),
      state: 'open',
    };
  };
}

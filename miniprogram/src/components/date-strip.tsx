import type { IsoDate } from '../../../shared/values/dates.ts';
import { weekdayOf } from '../../../shared/values/dates.ts';
import { useLanguage } from '../i18n';
import { dayOfMonth, dayWords, nearDay, weekdayWord } from '../i18n/dates.ts';
import { today } from '../services/clock.ts';
import { Box, Option } from './primitives';

interface DateStripProps {
  readonly label: string;
  readonly dates: readonly IsoDate[];
  readonly value: IsoDate;
  readonly onChange: (date: IsoDate) => void;
}

/** Days side by side, as people call them: 明天 / 周二 / 12月1日. */
export function DateStrip({ label, dates, value, onChange }: DateStripProps) {
  const language = useLanguage();
  const now = today();
  return (
    <Box role="radiogroup" label={label} className="dates">
      {dates.map((date) => (
        <Option
          key={date}
          kind="radio"
          name={`date-${label}`}
          checked={date === value}
          onChange={() => onChange(date)}
          label={
            nearDay(date, now, language)
              ? `${dayWords(date, now, language)} ${dayOfMonth(date, language)}`
              : dayWords(date, now, language)
          }
          className={`option dates__day${date === value ? ' option--chosen' : ''}`}
        >
          <Box className="strong">{nearDay(date, now, language) ?? weekdayWord(weekdayOf(date), language)}</Box>
          <Box className="small">
            {nearDay(date, now, language) ? weekdayWord(weekdayOf(date), language) : dayOfMonth(date, language)}
          </Box>
        </Option>
      ))}
    </Box>
  );
}

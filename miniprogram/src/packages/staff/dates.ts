import { IsoDate } from '../../../../shared/values/dates.ts';

/** The day that somebody typed: `1944-03-08`, `19440308`, `1944.3.8`, `1944年3月8日`. Undefined when it is no day. */
export function readDate(text: string): string | undefined {
  const [, year = '', month = '', day = ''] =
    /^(\d{4})(\d{2})(\d{2})$/.exec(text.trim()) ?? /^(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*$/.exec(text.trim()) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return IsoDate.safeParse(date).success ? date : undefined;
}

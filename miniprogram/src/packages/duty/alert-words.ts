import type { Actor, AlertView, Position, Reading } from '../../../../shared/contracts/alerts.ts';
import { dateInChina, type Instant, toInstant } from '../../../../shared/values/dates.ts';
import { useLanguage, useWords } from '../../i18n';
import { dayOfMonth } from '../../i18n/dates.ts';
import { today } from '../../services/clock.ts';
import { useDutyWords } from './words';

const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000;
/** `15:00:07`: seconds count in the story of an alert. */
const timeOfDay = (at: Instant): string => toInstant(Date.parse(at) + CHINA_OFFSET_MS).slice(11, 19);

/** `1:20`, `1:02:05`: the number that grows. */
export function growing(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** `114.51490,38.04280`: longitude first, as Chinese maps take it; five digits are about a metre. */
export const coordinateText = ({ longitude, latitude }: Position): string =>
  `${longitude.toFixed(5)},${latitude.toFixed(5)}`;

/** The map of a position as a link that any browser opens; it carries the position and nothing else. */
export const mapLink = (position: Position): string =>
  `https://uri.amap.com/marker?position=${coordinateText(position)}&coordinate=${
    position.coordinates === 'gcj02' ? 'gaode' : 'wgs84'
  }`;

/** How alerts are said on every page of those on duty. */
export function useAlertWords() {
  const words = useWords();
  const duty = useDutyWords();
  const language = useLanguage();
  const named = (table: object, key: string): string => (table as Readonly<Record<string, string>>)[key] ?? key;
  const span = (ms: number): string => {
    const seconds = Math.max(0, Math.floor(ms / 1000));
    return duty.span(Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60);
  };
  return {
    /** 1 分 20 秒, of a time in ms. */
    span,
    /** 10:02:07, with the day where it is another than today. */
    time: (at: Instant): string => {
      const date = dateInChina(at);
      return date === today() ? timeOfDay(at) : `${dayOfMonth(date, language)} ${timeOfDay(at)}`;
    },
    name: (alert: Pick<AlertView, 'name'>): string => alert.name ?? duty.board.nobody,
    /** 李强（网格员） */
    actor: ({ name, role }: Actor): string => {
      const roles = { ...words.roles, ...duty.actors };
      return name === undefined ? named(roles, role) : `${name}（${named(roles, role)}）`;
    },
    callee: (callee: string): string => named(duty.callees, callee),
    reading: ({ kind, value, unit = '' }: Reading): string => `${named(duty.readings, kind)} ${value} ${unit}`.trim(),
    outcome: (outcome: string): string => named(duty.outcomes, outcome),
    /** 误差 and kind of coordinate beside the position itself. */
    position: (position: Position): string =>
      [
        coordinateText(position),
        duty.coordinates[position.coordinates],
        ...(position.accuracyMetres === undefined ? [] : [duty.alert.within(Math.round(position.accuracyMetres))]),
      ].join(' · '),
    /** 社区 130102001001 */
    area: (code: string): string => duty.report.areaOf(named(duty.report.levels, String(code.length)), code),
  };
}

import type { Actor, AlertView, DeliveryView } from '../../../../shared/contracts/alerts.ts';
import type { Instant } from '../../../../shared/values/dates.ts';
import { dateInChina, timeInChina } from '../../../../shared/values/dates.ts';
import { useLanguage, useWords } from '../../i18n';
import { useAlertWords } from '../../i18n/alerts';
import type { AlertWords } from '../../i18n/alerts/zh.ts';
import { momentWords } from '../../i18n/dates.ts';
import { today } from '../../services/clock.ts';

export const isClosed = ({ state }: Pick<AlertView, 'state'>): boolean =>
  state === 'resolved' || state === 'false-alarm';

const seconds = (from: Instant, until: Instant | number): number =>
  Math.max(0, Math.round(((typeof until === 'number' ? until : Date.parse(until)) - Date.parse(from)) / 1000));

/** How an alert is said to the elder and the family. Times of waiting are by the server's clock. */
export function useAlertSays() {
  const words = useAlertWords();
  const { roles } = useWords();
  const language = useLanguage();
  return {
    words,
    /** 李强（网格员） */
    actor({ name, role }: Actor): string {
      const as = role in roles ? roles[role as keyof typeof roles] : words.alert.actors[role as 'system'];
      return name === undefined ? as : words.alert.actor(name, as);
    },
    /** 14:03 of today, 昨天（周日）14:03 */
    moment: (at: Instant): string =>
      dateInChina(at) === today() ? timeInChina(at) : momentWords(at, today(), language),
    span: (from: Instant, until: Instant | number): string => words.span(seconds(from, until)),
    secondsUntil: (until: Instant, now: number): number => Math.max(0, Math.ceil((Date.parse(until) - now) / 1000)),
  };
}

/** Somebody who was told, in however many ways. */
export interface Told {
  readonly key: string;
  readonly name: string;
  readonly callee: string;
  readonly at: Instant;
  readonly sent: readonly string[];
  readonly sending: readonly string[];
  readonly failed: readonly string[];
}

/** Who was called by the waves of the ladder: each person once, with every channel that was used, in the order of the calls. */
export function whoWasTold(deliveries: readonly DeliveryView[], { channels }: AlertWords['alert']): Told[] {
  const people = new Map<string, Told>();
  const waves = deliveries
    .filter(({ notice, channel, state }) => notice.startsWith('wave-') && channel !== 'canary' && state !== 'cancelled')
    .sort((a, b) => a.at.localeCompare(b.at));
  for (const { name, callee, channel, state, at } of waves) {
    const key = `${callee} ${name}`;
    const before = people.get(key) ?? { key, name, callee, at, sent: [], sending: [], failed: [] };
    // Called again by a later wave: said once.
    const list = before[state as 'sent' | 'sending' | 'failed'];
    const next = list.includes(channels[channel]) ? list : [...list, channels[channel]];
    people.set(key, { ...before, [state]: next });
  }
  return [...people.values()];
}

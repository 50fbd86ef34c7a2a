import type { AlertView } from '../../../../../shared/contracts/alerts.ts';
import { isUnanswered } from './board-state.ts';

/** By alert: the call that was silenced. */
export type Mutes = Readonly<Record<string, string>>;

/** One call of an alert: another wave, or an opening again, is another call and rings anew. */
const callOf = ({ wave, waitingSince = '' }: AlertView): string => `${wave} ${waitingSince}`;

export const isMuted = (mutes: Mutes, alert: AlertView): boolean => mutes[alert.alertId] === callOf(alert);

/** Silences one alert, and no other. */
export const muted = (mutes: Mutes, alert: AlertView): Mutes => ({ ...mutes, [alert.alertId]: callOf(alert) });

/** What is not verified rings for so long, and no more until it calls anew. In ms. */
const ONCE_MS = 15_000;

/**
 * It rings as long as somebody waits whose call was not silenced; for what is not verified a moment only, so that nobody can keep a
 * desk ringing. `serverNow` by the server's clock, ms since 1970.
 */
export const shallRing = (mutes: Mutes, alerts: readonly AlertView[], serverNow: number): boolean =>
  alerts.some(
    (alert) =>
      isUnanswered(alert) &&
      !isMuted(mutes, alert) &&
      (!alert.unverified || serverNow - Date.parse(alert.waitingSince ?? alert.raisedAt) < ONCE_MS),
  );

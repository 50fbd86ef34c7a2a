import type { AlertView } from '../../../../../shared/contracts/alerts.ts';
import { isUnanswered } from './board-state.ts';

/** By alert: the call that was silenced. */
export type Mutes = Readonly<Record<string, string>>;

/** One call of an alert: another wave, or an opening again, is another call and rings anew. */
const callOf = ({ wave, waitingSince = '' }: AlertView): string => `${wave} ${waitingSince}`;

export const isMuted = (mutes: Mutes, alert: AlertView): boolean => mutes[alert.alertId] === callOf(alert);

/** Silences one alert, and no other. */
export const muted = (mutes: Mutes, alert: AlertView): Mutes => ({ ...mutes, [alert.alertId]: callOf(alert) });

/** It rings as long as somebody waits whose call was not silenced. */
export const shallRing = (mutes: Mutes, alerts: readonly AlertView[]): boolean =>
  alerts.some((alert) => isUnanswered(alert) && !isMuted(mutes, alert));

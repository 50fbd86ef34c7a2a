import { stringify } from 'csv-stringify/sync';
import type { AlertDetail, AlertStep } from '../../../shared/contracts/alerts.ts';
import { type Refusal, refuse } from '../../../shared/contracts/refusal.ts';
import { dateInChina, type Instant, timeInChina } from '../../../shared/values/dates.ts';
import type { Who } from '../../platform/who.ts';
import type { PressRecord } from '../records.ts';
import { readAlert, readTimeline, readWhole } from './alert-store.ts';
import { alertDetail, tieOf } from './alert-view.ts';
import { harmless } from './csv.ts';
import type { AnswerDeps } from './deps.ts';

interface OneAlert {
  readonly alertId: string;
  readonly now: Instant;
}

/**
 * An alert with everything that happened. The id of a press that joined another alert gets that one. A press that has not become an
 * alert yet is shown to who pressed as what it is: calling, and nobody called so far.
 */
export async function getAlert(deps: AnswerDeps, who: Who, { alertId, now }: OneAlert): Promise<AlertDetail | Refusal> {
  const { alert, press } = await readAlert(deps, who, alertId);
  if (!alert) {
    if (!press) return refuse('not-found');
    return press.by.personId === who.personId ? justPressed(press) : refuse('forbidden');
  }
  const tie = tieOf(who, alert);
  if (tie === undefined) return refuse('forbidden');
  return alertDetail(await readWhole(deps, alert), { who, tie }, now);
}

/** A press in its first moments, before it is known which alert it opens or joins. */
function justPressed(press: PressRecord): AlertDetail {
  const { pressId, at, source, by, drill, unreadable, position, reading, note, pressedAt, deviceId } = press;
  return {
    alert: {
      alertId: pressId,
      source,
      state: 'calling',
      drill,
      unverified: false,
      area: '',
      raisedAt: at,
      waitingSince: at,
      wave: 0,
      presses: 1,
      position,
      reading,
      note,
      contacts: [],
      rev: 0,
    },
    timeline: [{ stepId: pressId, at, kind: 'raised', by }],
    deliveries: [],
    evidence: [{ pressId, at, source, by, deviceId, pressedAt, position, reading, note, unreadable }],
  };
}

const COLUMNS = {
  date: '日期 date',
  time: '时间 time',
  kind: '步骤 step',
  wave: '轮次 wave',
  name: '姓名 name',
  role: '身份 role',
  to: '交给 to',
  note: '说明 note',
} as const;

const row = ({ at, kind, wave, by, to, note }: AlertStep): Record<keyof typeof COLUMNS, string> => ({
  date: dateInChina(at),
  time: `${timeInChina(at)}:${at.slice(17, 19)}`,
  kind,
  wave: wave === undefined ? '' : String(wave),
  name: by.name ?? '',
  role: by.role,
  to: to?.name ?? '',
  note: note ?? '',
});

/** The timeline as CSV in China's time, UTF-8 with a byte order mark, which spreadsheets need to read Chinese. For those on duty. */
export async function alertTimelineCsv(deps: AnswerDeps, who: Who, alertId: string): Promise<string | Refusal> {
  const { alert } = await readAlert(deps, who, alertId);
  if (!alert) return refuse('not-found');
  if (tieOf(who, alert) !== 'desk') return refuse('forbidden');
  const timeline = await readTimeline(deps, alert.alertId);
  return stringify(timeline.map(row), { header: true, bom: true, columns: COLUMNS, cast: { string: harmless } });
}

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handOverAlert } from '../../../../functions/alerts/answer/hand-over.ts';
import {
  acknowledgeAlert,
  arriveAtAlert,
  callOffAlert,
  closeAsFalseAlarm,
  noteOnAlert,
  resolveAlert,
} from '../../../../functions/alerts/answer/steps.ts';
import { cardItem } from '../../../../functions/alerts/circle/card-store.ts';
import { escalate } from '../../../../functions/alerts/ladder/escalate.ts';
import { reopen } from '../../../../functions/alerts/ladder/reopen.ts';
import type { Who } from '../../../../functions/platform/who.ts';
import { type AlertStep, AlertView } from '../../../../shared/contracts/alerts.ts';
import type { PersonTold } from '../../../../shared/contracts/events.ts';
import { isRefusal } from '../../../../shared/contracts/refusal.ts';
import { id, NOW } from '../../../support/a-town.ts';
import { type AlertsDesk, AROUND, anAlertsDesk, anElderTold, aPress, plus } from '../../../support/alerts-desk.ts';

let desk: AlertsDesk;
beforeAll(async () => {
  desk = await anAlertsDesk();
});
afterAll(() => desk.dynamo.stop());

const whoIs = ({ personId, role, area }: PersonTold): Who => ({
  personId,
  role,
  ...(area !== undefined && { area }),
});
const PEOPLE = [AROUND.dispatcher, AROUND.gridWorker, AROUND.duty, AROUND.daughter].map(whoIs);
const elderSelf = (elderId: string): Who => ({ personId: id(7001), role: 'elder', elderId });

/** What people, a press, and the system's timers may do at one moment. */
const ACTS = [
  'acknowledge',
  'acknowledge',
  'hand-over',
  'note',
  'arrive',
  'call-off',
  'resolve',
  'false-alarm',
  'press',
  'escalate',
  'reopen',
] as const;
const anyAct = fc.record({ act: fc.constantFrom(...ACTS), by: fc.nat({ max: PEOPLE.length - 1 }) });
type AnyAct = typeof anyAct extends fc.Arbitrary<infer T> ? T : never;
/** Moments one after another; what stands in one happens at once. */
const anyCrowd = fc.array(
  fc.record({ wait: fc.constantFrom(1, 5, 40, 300, 2000), acts: fc.array(anyAct, { minLength: 1, maxLength: 6 }) }),
  { minLength: 1, maxLength: 6 },
);

let serial = 0x7000;

/** The line that a step leaves on the timeline, where it is one that people take. */
const LINE: Partial<Record<(typeof ACTS)[number], AlertStep['kind']>> = {
  acknowledge: 'acknowledged',
  'hand-over': 'handed-over',
  note: 'note',
  arrive: 'arrived',
  'call-off': 'called-off',
  resolve: 'resolved',
  'false-alarm': 'false-alarm',
};

/** Does one thing; answers the line that must stand on the timeline because of it. */
async function does({ act, by }: AnyAct, alertId: string, elderId: string, now: string): Promise<string | undefined> {
  const stepId = crypto.randomUUID();
  const who = PEOPLE[by] as Who;
  const form = { alertId, stepId, now, note: '说明' };
  const alert = await desk.alert(alertId);
  const answer = await (() => {
    switch (act) {
      case 'acknowledge':
        return acknowledgeAlert(desk, who, form);
      case 'hand-over':
        return handOverAlert(desk, who, { ...form, to: AROUND.gridWorker.personId });
      case 'note':
        return noteOnAlert(desk, who, form);
      case 'arrive':
        return arriveAtAlert(desk, who, form);
      case 'call-off':
        return callOffAlert(desk, elderSelf(elderId), form);
      case 'resolve':
        return resolveAlert(desk, who, { ...form, outcome: 'other' });
      case 'false-alarm':
        return closeAsFalseAlarm(desk, who, form);
      case 'press':
        return desk.keep(aPress({ elderId, at: now }));
      case 'escalate':
        return escalate(desk, { alertId, wave: alert.wave + 1 }, now);
      case 'reopen':
        return reopen(desk, { alertId, rev: alert.rev }, now);
    }
  })();
  const kind = LINE[act];
  if (kind === undefined || answer === undefined || isRefusal(answer) || 'replayed' in answer) return undefined;
  AlertView.parse(JSON.parse(JSON.stringify(answer)));
  return `${kind} ${stepId}`;
}

describe('a crowd of people, presses and timers at one alert', () => {
  it('leaves it whole, whatever the order: one owner or none, closed once, and a line for each step that was accepted', async () => {
    await fc.assert(
      fc.asyncProperty(anyCrowd, async (moments) => {
        const elderId = id(++serial);
        await desk.put(cardItem(anElderTold({ elderId }), NOW));
        const press = aPress({ elderId });
        await desk.keep(press);
        const alertId = press.pressId;
        const expected: string[] = [];
        let seconds = 0;
        for (const { wait, acts } of moments) {
          seconds += wait;
          const lines = await Promise.all(acts.map((act) => does(act, alertId, elderId, plus(seconds))));
          expected.push(...lines.filter((line) => line !== undefined));
        }
        const alert = await desk.alert(alertId);
        const isClosed = alert.state === 'resolved' || alert.state === 'false-alarm';
        expect(alert.owner !== undefined).toBe(alert.state !== 'calling');
        expect(alert.waitingSince !== undefined).toBe(alert.state === 'calling');
        expect(alert.closedAt !== undefined).toBe(isClosed);
        // Whoever has it must take a next step; what is closed is over; else the ladder goes on, unless it was called off.
        if (isClosed) expect(alert.dueAt).toBeUndefined();
        else if (alert.calledOffAt === undefined) expect(alert.dueAt).toBeDefined();

        const timeline = await desk.part(alertId, 'STEP#');
        const people = timeline
          .filter(({ kind }) => Object.values(LINE).includes(kind as AlertStep['kind']))
          .map(({ kind, stepId }) => `${kind} ${stepId}`);
        expect(people.sort()).toEqual(expected.sort());
        const endings = timeline.filter(({ kind }) => kind === 'resolved' || kind === 'false-alarm');
        expect(endings).toHaveLength(isClosed ? 1 : 0);
        const [board] = await desk.part(alertId, 'ALERT');
        expect(board?.gsi1pk === undefined).toBe(isClosed);
        const waves = timeline.filter(({ kind }) => kind === 'wave').map(({ wave }) => wave);
        expect(new Set(waves).size).toBe(waves.length);
      }),
      { numRuns: 60, seed: 20_261_201 },
    );
  });
});

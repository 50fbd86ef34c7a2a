import type { RefusalCode } from '../../../shared/contracts/refusal.ts';
import type { RouteName } from '../../../shared/routes.ts';
import type { TestCloud } from './cloud.ts';
import type { Home } from './home.ts';
import type { Answer } from './http.ts';

type Way = (home: Home) => Promise<Answer>;
const step = (more: object = {}) => ({ stepId: crypto.randomUUID(), ...more });

/** Does a step that must succeed before the one that is refused. */
async function first(answer: Promise<Answer>): Promise<void> {
  const { status, text } = await answer;
  if (status !== 200) throw new Error(`what comes before was refused: ${status} ${text}`);
}

/** How each refusal of AnxinAlerts is met, over HTTP. */
/** `townNow` is asked at each use: the town starts after the table is made. */
export function alertRefusals(
  townNow: () => TestCloud,
  whileFaulty: (faults: string, ask: () => Promise<Answer>) => Promise<Answer>,
) {
  const call: TestCloud['call'] = (...asked) => townNow().call(...asked);
  const onCalling = (name: RouteName, body: object, { alerts }: Home, token: string): Promise<Answer> =>
    call(name, { params: { alertId: alerts.callingId }, body }, token);
  const take = (home: Home) => first(onCalling('acknowledgeAlert', step(), home, home.staff));

  return {
    'alert-not-passed-on': ({ newId, family, elder }) =>
      whileFaulty('dynamodb=down,sns=down', () =>
        call('raiseAlert', { params: { alertId: newId }, body: { elderId: elder.elderId } }, family),
      ),
    'alert-closed': async (home) => {
      await first(onCalling('falseAlarm', step({ note: '误碰' }), home, home.staff));
      return onCalling('acknowledgeAlert', step(), home, home.staff);
    },
    'alert-owned': async (home) => {
      await take(home);
      return onCalling('acknowledgeAlert', step(), home, home.family);
    },
    'alert-not-acknowledged': (home) =>
      onCalling('handOverAlert', step({ to: home.alerts.onDutyId }), home, home.staff),
    'too-late-to-call-off': async (home) => {
      await take(home);
      return onCalling('callOff', step(), home, home.family);
    },
    'not-on-duty': async (home) => {
      await take(home);
      return onCalling('handOverAlert', step({ to: crypto.randomUUID() }), home, home.staff);
    },
    'already-reviewed': async ({ alerts, district }) => {
      const params = { alertId: alerts.callingId, openingId: alerts.openingId };
      const review = (finding: string) =>
        call('reviewHealthNotesOpening', { params, body: { finding, note: '看过' } }, district);
      await first(review('justified'));
      return review('not-justified');
    },
    'too-many-contacts': async ({ elder, family }) => {
      const add = (n: number) =>
        call(
          'putContact',
          {
            params: { elderId: elder.elderId, contactId: crypto.randomUUID() },
            body: { kind: 'neighbour', name: `邻居${n}`, phone: `139000000${String(n).padStart(2, '0')}`, order: n },
          },
          family,
        );
      for (let n = 1; n <= 12; n++) await first(add(n));
      return add(13);
    },
    'device-revoked': async ({ alerts, staff }) => {
      const params = { deviceId: alerts.deviceId };
      await first(call('revokeDevice', { params }, staff));
      return call('testDevice', { params }, staff);
    },
    'already-done': async ({ alerts, staff }) => {
      const done = (finding: string) =>
        call('finishCheckTask', { params: { taskId: alerts.taskId }, body: { finding } }, staff);
      await first(done('well'));
      return done('not-found');
    },
  } as const satisfies { readonly [code in RefusalCode]?: Way };
}

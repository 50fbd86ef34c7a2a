import { BatchGetCommand, DynamoDBDocumentClient, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cardItem } from '../../../functions/alerts/circle/card-store.ts';
import { failOpen } from '../../../functions/alerts/keep/fail-open.ts';
import { keepPress } from '../../../functions/alerts/keep/keep-press.ts';
import { alertKey, currentKey, deviceKey, familyOfKey, historyOf, pressKey } from '../../../functions/alerts/keys.ts';
import { PressRecord } from '../../../functions/alerts/records.ts';
import { COMMUNITY, GRID, id, NOW, staff } from '../../support/a-town.ts';
import {
  type AlertsDesk,
  AROUND,
  anAlertsDesk,
  anElderTold,
  aPress,
  NEIGHBOUR,
  plus,
} from '../../support/alerts-desk.ts';

let desk: AlertsDesk;
beforeAll(async () => {
  desk = await anAlertsDesk();
});
afterAll(() => desk.dynamo.stop());
beforeEach(() => {
  desk.forget();
  desk.faults.topic = false;
  desk.faults.queues.clear();
});

/** An elder of their own for a test: alerts of other tests are not joined. */
let serial = 0x1000;
async function anElder(over: Parameters<typeof anElderTold>[0] = {}): Promise<string> {
  const elderId = id(++serial);
  await desk.put(cardItem(anElderTold({ elderId, ...over }), NOW));
  return elderId;
}
const calledBy = (channel: string) =>
  desk.notices().flatMap(({ recipients }) => recipients.filter((one) => one.channel === channel).map(({ to }) => to));

describe('a press', () => {
  it('opens an alert, and the desk and the family hear at the same moment', async () => {
    const press = aPress({ elderId: await anElder(), note: '摔倒了' });
    await desk.keep(press, plus(1));
    expect(await desk.alert(press.pressId)).toMatchObject({
      alertId: press.pressId,
      subject: `elder:${press.elderId}`,
      name: '王建国',
      area: GRID,
      state: 'calling',
      wave: 1,
      presses: 1,
      unverified: false,
      raisedAt: NOW,
      waitingSince: NOW,
      dueAt: plus(30),
      note: '摔倒了',
    });
    expect(desk.published).toHaveLength(1);
    expect(desk.published[0]?.attributes).toEqual({
      type: 'notice',
      channels: ['inbox', 'sms', 'voice', 'wechat'].sort(),
    });
    const [notice] = desk.notices();
    expect(notice).toMatchObject({
      notice: 'wave-1',
      kind: 'wave',
      alertId: press.pressId,
      name: '王建国',
      drill: false,
    });
    expect(calledBy('voice').sort()).toEqual([AROUND.dispatcher.personId, AROUND.daughter.personId].sort());
    expect(calledBy('inbox')).toContain('desk:620102');
    expect(calledBy('wechat')).toEqual([AROUND.daughter.personId]);
    expect(await desk.timeline(press.pressId)).toEqual(['raised', 'wave']);
    expect(await desk.part(press.pressId, 'EVIDENCE#')).toHaveLength(1);
    expect(desk.sent).toEqual([
      {
        queue: 'timers',
        message: { type: 'escalate', alertId: press.pressId, wave: 2, dueAt: plus(30) },
        delaySeconds: 29,
      },
    ]);
  });
});

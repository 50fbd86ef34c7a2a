import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { raiseInside } from '../../../functions/alerts/raise/raise-inside.ts';
import { refuse } from '../../../shared/contracts/refusal.ts';
import { NOW } from '../../support/a-town.ts';
import { type AlertsDesk, anAlertsDesk, aPress, plus } from '../../support/alerts-desk.ts';

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

describe('an alert that is raised from inside', () => {
  it('is stored and published like one from outside, and kept', async () => {
    const press = aPress({ source: 'missed-check', by: { role: 'system' } });
    expect(await raiseInside(desk, press)).toEqual({
      received: { alertId: press.pressId, receivedAt: NOW, stored: true, published: true },
      replayed: false,
    });
    expect(desk.published).toEqual([{ message: { type: 'press', press }, attributes: { type: 'press' } }]);
    await desk.keep(press);
    expect(await desk.alert(press.pressId)).toMatchObject({ source: 'missed-check', unverified: false, wave: 1 });
  });

  it('is raised once, however often it is', async () => {
    const press = aPress({ source: 'missed-check', by: { role: 'system' } });
    await raiseInside(desk, press);
    expect(await raiseInside(desk, { ...press, at: plus(60) })).toMatchObject({
      received: { alertId: press.pressId, receivedAt: NOW },
      replayed: true,
    });
  });

  it('goes straight into the queue when the topic is down', async () => {
    desk.faults.topic = true;
    const press = aPress();
    expect(await raiseInside(desk, press)).toMatchObject({ received: { published: true } });
    expect(desk.sent).toEqual([{ queue: 'presses', message: { type: 'press', press }, delaySeconds: 0 }]);
  });

  it('is passed on by the table alone, by messages alone, and refused when there is neither', async () => {
    desk.faults.topic = true;
    desk.faults.queues.add('presses');
    expect(await raiseInside(desk, aPress())).toMatchObject({ received: { stored: true, published: false } });
    const db = mockClient(DynamoDBDocumentClient);
    db.rejects(new Error('the table is down'));
    try {
      expect(await raiseInside(desk, aPress())).toEqual(refuse('alert-not-passed-on'));
      desk.faults.topic = false;
      expect(await raiseInside(desk, aPress())).toMatchObject({ received: { stored: false, published: true } });
    } finally {
      db.restore();
    }
  });
});

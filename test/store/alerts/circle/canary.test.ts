import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CanaryDeps, canaryId, tryWholeWay } from '../../../../functions/alerts/circle/canary.ts';
import { listDevices } from '../../../../functions/alerts/circle/device-lists.ts';
import { deliveryKey, deviceKey } from '../../../../functions/alerts/keys.ts';
import { isRefusal } from '../../../../shared/contracts/refusal.ts';
import { NOW } from '../../../support/a-town.ts';
import { aCircleDesk, type CircleDesk } from '../../../support/circle-desk.ts';

let desk: CircleDesk;
beforeAll(async () => {
  desk = await aCircleDesk();
});
afterAll(() => desk.dynamo.stop());

interface Raised {
  readonly url: string;
  readonly token: string;
  readonly body: object;
}

/** The whole way, with a clock that runs five seconds at each look, and what became of the press after so many looks. */
function aWay({ status = 200, state = 'sent', heard = true } = {}): CanaryDeps & { readonly raised: Raised[] } {
  const raised: Raised[] = [];
  let now = Date.parse(NOW) - 5000;
  return {
    ...desk,
    alertsUrl: 'https://alerts.example',
    raised,
    put: async (url, token, body) => {
      raised.push({ url, token, body });
      const alertId = url.slice(-36);
      const row = { notice: 'wave-1', channel: 'canary', to: 'board', name: '', callee: 'dispatchers', state };
      if (heard) {
        const Item = { ...deliveryKey(alertId, 'wave-1', 'canary', 'board'), ...row, at: NOW, attempts: 1 };
        await desk.db.send(new PutCommand({ TableName: desk.alertsTable, Item }));
      }
      return status;
    },
    clock: () => {
      now += 5000;
      return now;
    },
    pauseMs: 1,
  };
}

describe('the stage’s test of itself', () => {
  it('raises as its own device, over HTTP, and is heard when the test channel’s delivery stands in the ledger', async () => {
    const way = aWay();
    expect(await tryWholeWay(way)).toBeGreaterThan(0);
    const [{ url, token, body } = { url: '', token: '', body: {} }] = way.raised;
    expect(url).toMatch(/^https:\/\/alerts\.example\/alerts\/[0-9a-f-]{36}$/);
    expect(body).toMatchObject({ source: 'canary' });
    const who = await desk.verifyDevice(`Bearer ${token}`);
    expect(isRefusal(who) ? who : [who.deviceId, who.kind]).toEqual([canaryId('test'), 'canary']);
    expect(await desk.item(deviceKey(canaryId('test')))).toMatchObject({ kind: 'canary' });
    expect(await listDevices(desk, { area: '6201' })).toEqual({ devices: [] });
  });

  it.each([
    ['nothing arrives', { heard: false }],
    ['the delivery is only under way', { state: 'sending' }],
    ['the press is not taken', { status: 503, heard: false }],
  ])('is missed when %s', async (_, how) => {
    expect(await tryWholeWay(aWay(how))).toBeUndefined();
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smsSend } from '../../../../functions/alerts/channels/sms.ts';
import { gatewayText } from '../../../../functions/platform/text-message.ts';
import { aGateway, type Gateway } from '../../../support/a-gateway.ts';
import { aNotice, aRecipient } from '../../../support/a-notice.ts';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await aGateway();
});
afterAll(() => gateway.close());
const send = (...args: Parameters<ReturnType<typeof smsSend>>) =>
  smsSend(gatewayText(gateway.url, async () => 'key'))(...args);

describe('a notice by text message', () => {
  it('goes to the mobile, with one reference for each try of it', async () => {
    const [notice, recipient] = [aNotice(), aRecipient({ channel: 'sms', to: 'p1' })];
    for (let attempt = 0; attempt < 2; attempt++) expect(await send(notice, recipient)).toEqual({ state: 'sent' });
    const body = {
      phone: '13800000002',
      text: '紧急求助：王建国13:05按下一键通，滨河路1号3单元402。请速电13800000001，不通请上门或拨120',
      reference: `${notice.alertId}/wave-1/p1`,
    };
    expect(gateway.asked.map((asked) => JSON.parse(asked.body))).toEqual([body, body]);
  });

  it('is to be tried again when the gateway does not take it', async () => {
    gateway.answer = () => 503;
    expect(await send(aNotice(), aRecipient())).toEqual({ state: 'unreached', reason: 'not accepted' });
  });

  it.each([
    [undefined, 'no-address'],
    ['120', 'not-a-mobile'],
    ['0931-8880120', 'not-a-mobile'],
  ])('is refused for good to %s', async (phone, reason) => {
    gateway.asked.length = 0;
    expect(await send(aNotice(), aRecipient({ phone }))).toEqual({ state: 'refused', reason });
    expect(gateway.asked).toEqual([]);
  });
});

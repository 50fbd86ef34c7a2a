import type { Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { partnerSend } from '../../functions/alerts/channels/partner.ts';
import { signatureOf } from '../../functions/alerts/channels/signature.ts';
import { smsSend } from '../../functions/alerts/channels/sms.ts';
import { voiceSend } from '../../functions/alerts/channels/voice.ts';
import { signedWebhook } from '../../functions/alerts/channels/webhook.ts';
import { wechatSend } from '../../functions/alerts/channels/wechat.ts';
import type { NoticeMessage } from '../../functions/alerts/messages.ts';
import { gatewayText } from '../../functions/platform/text-message.ts';
import { WEBHOOK_SECRET } from '../../infra/local/functions.ts';
import { listen } from '../../infra/local/ports.ts';
import { partnerStandIn } from '../../infra/local/stand-ins/partner.ts';
import type { Received } from '../../infra/local/stand-ins/received.ts';
import { smsStandIn } from '../../infra/local/stand-ins/sms.ts';
import { voiceStandIn } from '../../infra/local/stand-ins/voice.ts';
import { wechatStandIn } from '../../infra/local/stand-ins/wechat.ts';
import { aNotice, aRecipient } from '../support/a-notice.ts';

/** Two whose consents are counted; everybody else has plenty. */
const CONSENTS: Readonly<Record<string, number>> = { 'openid-without': 0, 'openid-of-two': 2 };
const received: Received[] = [];
const take = (one: Received): void => {
  received.push(one);
};
const servers: Record<Received['channel'], Server> = {
  wechat: wechatStandIn({ openidOf: () => undefined, consentsOf: (openid) => CONSENTS[openid] ?? 9 }, take),
  sms: smsStandIn(take).server,
  voice: voiceStandIn(take),
  partner: partnerStandIn(take),
};
const address: Record<string, string> = {};
beforeAll(async () => {
  for (const [name, server] of Object.entries(servers)) address[name] = `http://127.0.0.1:${await listen(server, 0)}/`;
});
beforeEach(() => {
  received.length = 0;
});
afterAll(() => {
  for (const server of Object.values(servers)) {
    server.closeAllConnections();
    server.close();
  }
});

const post = (secret = WEBHOOK_SECRET, clock = Date.now) => signedWebhook({ secret: async () => secret, clock });
const byWechat = () =>
  wechatSend({
    baseUrl: address.wechat ?? '',
    appId: 'wx1',
    secret: async () => 's',
    templateId: 't',
    version: 'developer',
  });
const somebody = aRecipient({
  phone: '13800000002',
  openid: 'openid-daughter',
  partner: { id: 'centre' },
});
const SENDS = {
  wechat: () => byWechat(),
  sms: () => smsSend(gatewayText(address.sms ?? '')),
  voice: () => voiceSend(post(), address.voice),
  partner: () => partnerSend(post(), address.partner),
};
const TO = { wechat: 'openid-daughter', sms: '13800000002', voice: '13800000002', partner: 'centre' };
const KINDS = ['wave', 'answered', 'reopened', 'closed'] as const satisfies NoticeMessage['kind'][];

describe.each(['wechat', 'sms', 'voice', 'partner'] as const)('the stand-in of %s', (channel) => {
  it.each(KINDS)('takes the notice %s as its channel sends it, and keeps what matters of it', async (kind) => {
    for (const drill of [false, true]) {
      const notice = aNotice({ kind, notice: `${kind}-1`, by: '张伟', drill });
      expect(await SENDS[channel]()(notice, { ...somebody, channel })).toEqual({ state: 'sent' });
      const { at, text, ...rest } = received.at(-1) ?? { at: 0, text: '' };
      expect(rest).toEqual({ channel, to: TO[channel], alertId: notice.alertId, notice: `${kind}-1`, drill });
      expect(Math.abs(Date.now() - at)).toBeLessThan(5000);
      expect(text).toContain('王建国');
    }
  });
});

describe('the stand-ins of voice and of partners', () => {
  it('take nothing that another secret signed, or that was signed long ago', async () => {
    for (const wrong of [post('another'), post(WEBHOOK_SECRET, () => Date.now() - 10 * 60_000)]) {
      const answer = { state: 'unreached', reason: 'status 401' };
      expect(await voiceSend(wrong, address.voice)(aNotice(), somebody)).toEqual(answer);
      expect(await partnerSend(wrong, address.partner)(aNotice(), somebody)).toEqual(answer);
    }
    expect(received).toEqual([]);
  });

  it.each([
    ['is no JSON', 'nonsense'],
    ['says not whom to call', '{"text":"a","alertId":"b","notice":"wave-1","drill":false}'],
    ['says not whether it is a drill', '{"to":"120","text":"a","alertId":"b","notice":"wave-1"}'],
  ])('take nothing that %s', async (_, body) => {
    const headers = { 'anxin-signature': signatureOf(WEBHOOK_SECRET, body, Date.now()), 'anxin-delivery': '1' };
    const { status } = await fetch(address.voice ?? '', { method: 'POST', body, headers });
    expect(status).toBe(400);
    expect(received).toEqual([]);
  });

  it('take nothing without the id by which repeats are known', async () => {
    const body = '{"to":"120","text":"a","alertId":"b","notice":"wave-1","drill":false}';
    const headers = { 'anxin-signature': signatureOf(WEBHOOK_SECRET, body, Date.now()) };
    expect((await fetch(address.voice ?? '', { method: 'POST', body, headers })).status).toBe(400);
  });
});

describe('the stand-in for WeChat’s messages', () => {
  it('takes one message for each consent, and no more', async () => {
    const { openid: _, ...rest } = somebody;
    const send = async () => (await byWechat()(aNotice(), { ...rest, openid: 'openid-of-two' })).state;
    expect([await send(), await send(), await send()]).toEqual(['sent', 'sent', 'refused']);
  });

  it('refuses who has no consent left', async () => {
    const { openid: _, ...rest } = somebody;
    expect(await byWechat()(aNotice(), { ...rest, openid: 'openid-without' })).toEqual({
      state: 'refused',
      reason: 'no-consent',
    });
  });

  it('refuses a field that is too long, as WeChat does', async () => {
    const data = { thing1: { value: '长'.repeat(21) } };
    const url = `${address.wechat}cgi-bin/message/subscribe/send?access_token=stand-in-token`;
    const body = JSON.stringify({ touser: 'o', template_id: 't', data });
    expect(await (await fetch(url, { method: 'POST', body })).json()).toMatchObject({ errcode: 47003 });
  });
});

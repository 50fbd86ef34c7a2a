import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { partnerSend } from '../../../../functions/alerts/channels/partner.ts';
import { isSigned } from '../../../../functions/alerts/channels/signature.ts';
import { voiceSend } from '../../../../functions/alerts/channels/voice.ts';
import { signedWebhook } from '../../../../functions/alerts/channels/webhook.ts';
import { aGateway, type Gateway } from '../../../support/a-gateway.ts';
import { aNotice, aRecipient } from '../../../support/a-notice.ts';

const NOW = Date.parse('2026-12-01T05:05:02.000Z');
let gateway: Gateway;
beforeAll(async () => {
  gateway = await aGateway();
});
beforeEach(() => {
  gateway.asked.length = 0;
  gateway.answer = () => 202;
});
afterAll(() => gateway.close());

const post = signedWebhook({ secret: async () => 'the secret', clock: () => NOW, timeoutMs: 300 });
const callPhone = (...args: Parameters<ReturnType<typeof voiceSend>>) => voiceSend(post, gateway.url)(...args);
const last = () => {
  const asked = gateway.asked.at(-1);
  if (asked === undefined) throw new Error('nothing was asked');
  return asked;
};

describe('a webhook', () => {
  it('is signed over exactly what is sent', async () => {
    expect(await callPhone(aNotice(), aRecipient())).toEqual({ state: 'sent' });
    const { body, headers } = last();
    expect(isSigned('the secret', String(headers['anxin-signature']), body, NOW)).toBe(true);
    expect(isSigned('another secret', String(headers['anxin-signature']), body, NOW)).toBe(false);
  });

  it('bears one id for each try of a delivery, and another for every other delivery', async () => {
    const [notice, recipient] = [aNotice(), aRecipient()];
    const ids: unknown[] = [];
    for (const [one, to] of [
      [notice, recipient],
      [notice, recipient],
      [notice, aRecipient()],
      [{ ...notice, notice: 'wave-2' }, recipient],
      [aNotice(), recipient],
    ] as const) {
      await callPhone(one, to);
      ids.push(last().headers['anxin-delivery']);
    }
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(4);
  });

  it.each([400, 401, 404, 429, 500, 503])('is to be tried again on status %i', async (status) => {
    gateway.answer = () => status;
    expect(await callPhone(aNotice(), aRecipient())).toEqual({ state: 'unreached', reason: `status ${status}` });
  });

  it.each([
    ['silent', 'too late'],
    ['cut', 'no connection'],
    [307, 'no connection'],
  ] as const)('is to be tried again when the answer is %s', async (answer, reason) => {
    gateway.answer = () => answer;
    expect(await callPhone(aNotice(), aRecipient())).toEqual({ state: 'unreached', reason });
    expect(gateway.asked).toHaveLength(1);
  });

  it('is refused where there is nowhere to send it', async () => {
    expect(await voiceSend(post, undefined)(aNotice(), aRecipient())).toEqual({
      state: 'refused',
      reason: 'no-address',
    });
    expect(await callPhone(aNotice(), aRecipient({ phone: undefined }))).toEqual({
      state: 'refused',
      reason: 'no-address',
    });
    const partner = aRecipient({ channel: 'partner', partner: { id: 'centre' } });
    expect(await partnerSend(post, undefined)(aNotice(), partner)).toEqual({ state: 'refused', reason: 'no-address' });
    expect(gateway.asked).toEqual([]);
  });
});

describe('the voice gateway', () => {
  it('is told whom to call, what to say, and of which alert it is', async () => {
    const notice = aNotice({ drill: true });
    await callPhone(notice, aRecipient({ phone: '120' }));
    const { text, ...rest } = JSON.parse(last().body);
    expect(rest).toEqual({ to: '120', alertId: notice.alertId, notice: 'wave-1', drill: true });
    expect(text).toContain('现在是演练');
  });
});

describe('the system of a partner', () => {
  const centre = () =>
    aRecipient({ channel: 'partner', to: 'centre', partner: { id: 'centre', url: `${gateway.url}theirs` } });

  it('is sent the alert, at the address of the policy', async () => {
    const notice = aNotice({ position: { longitude: 103.834, latitude: 36.061, coordinates: 'gcj02' } });
    expect(await partnerSend(post, undefined)(notice, centre())).toEqual({ state: 'sent' });
    expect(last().url.pathname).toBe('/theirs');
    expect(JSON.parse(last().body)).toMatchObject({
      partner: 'centre',
      alertId: notice.alertId,
      notice: 'wave-1',
      kind: 'wave',
      drill: false,
      source: 'key',
      raisedAt: '2026-12-01T05:05:00.000Z',
      person: { name: '王建国', phone: '13800000001', address: '滨河路1号3单元402' },
      position: { longitude: 103.834, latitude: 36.061, coordinates: 'gcj02' },
      text: expect.stringContaining('紧急求助：王建国'),
      textEn: expect.stringContaining('Emergency: 王建国'),
    });
  });

  it('is not called by a stage that has another address for all of them', async () => {
    await partnerSend(post, `${gateway.url}ours`)(aNotice(), centre());
    expect(last().url.pathname).toBe('/ours');
  });
});

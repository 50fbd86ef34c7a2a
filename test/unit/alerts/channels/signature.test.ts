import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FRESH_SECONDS, isSigned, signatureOf } from '../../../../functions/alerts/channels/signature.ts';

const NOW = Date.parse('2026-12-01T05:05:02.345Z');
const BODY = '{"to":"13800000002","text":"紧急求助"}';

describe('the signature of a webhook', () => {
  it('is the HMAC-SHA256 of the time and the body', () => {
    const t = Math.floor(NOW / 1000);
    const v1 = createHmac('sha256', 'the secret').update(`${t}.${BODY}`).digest('hex');
    expect(signatureOf('the secret', BODY, NOW)).toBe(`t=${t},v1=${v1}`);
  });

  it('is taken by who holds the secret, for five minutes', () => {
    const header = signatureOf('the secret', BODY, NOW);
    expect(isSigned('the secret', header, BODY, NOW)).toBe(true);
    expect(isSigned('the secret', header, BODY, NOW + (FRESH_SECONDS - 1) * 1000)).toBe(true);
    expect(isSigned('the secret', header, BODY, NOW + (FRESH_SECONDS + 1) * 1000)).toBe(false);
    expect(isSigned('the secret', header, BODY, NOW - (FRESH_SECONDS + 1) * 1000)).toBe(false);
  });

  it.each([
    ['another secret', (header: string) => isSigned('another', header, BODY, NOW)],
    ['another body', (header: string) => isSigned('the secret', header, `${BODY} `, NOW)],
    ['a time that was changed', (header: string) => isSigned('the secret', header.replace(/t=\d/, 't=2'), BODY, NOW)],
    ['a byte that was changed', (header: string) => isSigned('the secret', flipped(header), BODY, NOW)],
    ['no hex', (header: string) => isSigned('the secret', header.slice(0, -64).concat('z'.repeat(64)), BODY, NOW)],
    ['half of it', (header: string) => isSigned('the secret', header.slice(0, -32), BODY, NOW)],
    ['nothing', () => isSigned('the secret', '', BODY, NOW)],
  ])('is refused with %s', (_, check) => {
    expect(check(signatureOf('the secret', BODY, NOW))).toBe(false);
  });
});

const flipped = (header: string): string => header.slice(0, -1) + (header.endsWith('0') ? '1' : '0');

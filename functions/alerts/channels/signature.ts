import { createHmac, timingSafeEqual } from 'node:crypto';

/** A receiver takes a signature for as long as this, seconds: what is older is somebody's copy. */
export const FRESH_SECONDS = 300;

/**
 * The header `anxin-signature` of a webhook: `t=<unix seconds>,v1=<hex>`, where `v1` is the HMAC-SHA256 of `<t>.<body>`, byte for
 * byte as sent, by the secret that both sides hold.
 */
export function signatureOf(secret: string, body: string, nowMs: number): string {
  const t = Math.floor(nowMs / 1000);
  return `t=${t},v1=${hmac(secret, t, body).toString('hex')}`;
}

/** Whether a header is the signature of a body, and fresh: what whoever receives a webhook must check. Takes the same time wherever they differ. */
export function isSigned(secret: string, header: string, body: string, nowMs: number): boolean {
  const [, t = '', v1 = ''] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  if (v1 === '' || Math.abs(nowMs / 1000 - Number(t)) > FRESH_SECONDS) return false;
  return timingSafeEqual(hmac(secret, Number(t), body), Buffer.from(v1, 'hex'));
}

const hmac = (secret: string, t: number, body: string): Buffer =>
  createHmac('sha256', secret).update(`${t}.${body}`).digest();

import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { WEBHOOK_SECRET } from '../functions.ts';

/** A signature older than this is somebody's copy. */
const FRESH_SECONDS = 300;

/** Whether `anxin-signature: t=<unix seconds>,v1=<hex>` is the HMAC-SHA256 of `t.body` by the webhooks' secret, and fresh. */
function isSigned(header: string, body: string): boolean {
  const [, t = '', v1 = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  if (Math.abs(Date.now() / 1000 - Number(t)) > FRESH_SECONDS) return false;
  const wanted = createHmac('sha256', WEBHOOK_SECRET).update(`${t}.${body}`).digest();
  return timingSafeEqual(wanted, Buffer.from(v1.padEnd(64, '0'), 'hex'));
}

/** A partner's server: checks the signature as a partner must, and hands on what was sent. Unsigned posts get 401. */
export function webhookStandIn(take: (sent: Partial<Record<string, string>>) => void): Server {
  return createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const reply = (status: number, words: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(words));
    };
    if (!isSigned(String(request.headers['anxin-signature'] ?? ''), body)) return reply(401, { error: 'not signed' });
    try {
      take(JSON.parse(body) as Partial<Record<string, string>>);
      reply(202, { accepted: true });
    } catch {
      reply(400, { error: 'no JSON' });
    }
  });
}

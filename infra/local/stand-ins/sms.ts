import { createServer, type Server } from 'node:http';
import type { Received } from './received.ts';

export interface TextMessage {
  phone: string;
  text: string;
  /** When it came, ISO 8601. */
  at: string;
}

const KEPT = 200;

/** Numbers that the gateway takes no message for, so that one can see what then happens. No town has any of them. */
const REFUSED = /^1991/;

/**
 * Stands in for the HTTP gateway that sends text messages: `POST {phone, text, reference?}`, where the reference of an alert's
 * message is `<alertId>/<notice>/<to>`. Keeps the last 200, newest first. Messages to numbers that begin with 1991 it refuses
 * with 503.
 */
export function smsStandIn(take: (received: Received) => void = () => {}): { server: Server; messages: TextMessage[] } {
  const messages: TextMessage[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const reply = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    try {
      const sent = JSON.parse(Buffer.concat(chunks).toString()) as Partial<TextMessage> & { reference?: string };
      const { phone, text, reference = '' } = sent;
      if (request.method !== 'POST' || typeof phone !== 'string' || typeof text !== 'string')
        return reply(400, { error: 'POST {phone, text}' });
      if (REFUSED.test(phone)) return reply(503, { error: 'the operator does not answer' });
      messages.unshift({ phone, text, at: new Date().toISOString() });
      const [alertId = '', notice = ''] = reference.split('/');
      take({ at: Date.now(), channel: 'sms', to: phone, alertId, notice, text, drill: text.includes('【演练】') });
      messages.length = Math.min(messages.length, KEPT);
      reply(202, { accepted: true });
    } catch {
      reply(400, { error: 'no JSON' });
    }
  });
  return { server, messages };
}

import { createServer, type Server } from 'node:http';
import { isSigned } from '../../../functions/alerts/channels/signature.ts';
import { WEBHOOK_SECRET } from '../functions.ts';

type Sent<F extends string> = Readonly<Record<F, string>> & { readonly drill: boolean };

/**
 * A receiver of webhooks: checks the signature as a real one must, and hands on what was sent. 401 to what is not signed or not
 * fresh, 400 to what lacks one of the fields, or the header by which repeats are known.
 */
export function webhookStandIn<F extends string>(fields: readonly F[], take: (sent: Sent<F>) => void): Server {
  return createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const reply = (status: number, words: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(words));
    };
    const { 'anxin-signature': signature, 'anxin-delivery': delivery } = request.headers;
    if (!isSigned(WEBHOOK_SECRET, String(signature ?? ''), body, Date.now()))
      return reply(401, { error: 'not signed' });
    if (delivery === undefined) return reply(400, { error: 'anxin-delivery is missing' });
    const sent = read(body);
    const missing = fields.find((field) => typeof sent?.[field] !== 'string' || sent[field] === '');
    if (sent === undefined || missing !== undefined) return reply(400, { error: `${missing ?? 'JSON'} is missing` });
    if (typeof sent.drill !== 'boolean') return reply(400, { error: 'drill is missing' });
    take(sent as Sent<F>);
    reply(202, { accepted: true });
  });
}

function read(body: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

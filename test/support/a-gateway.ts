import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';

export interface Asked {
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
/** What a gateway answers: a status, JSON with status 200, or nothing at all (`silent`), or a broken connection (`cut`). */
export type GatewayAnswer = number | object | 'silent' | 'cut';

/** A server in the place of a gateway outside, and what it was asked. */
export interface Gateway {
  readonly url: string;
  readonly asked: Asked[];
  answer: (asked: Asked) => GatewayAnswer;
  close(): Promise<void>;
}

export async function aGateway(answer: Gateway['answer'] = () => 202): Promise<Gateway> {
  const asked: Asked[] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const one = {
      url: new URL(request.url ?? '/', 'http://gateway'),
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    };
    asked.push(one);
    const what = gateway.answer(one);
    if (what === 'silent') return;
    if (what === 'cut') return void request.socket.destroy();
    if (typeof what === 'number') return void response.writeHead(what, { location: 'http://127.0.0.1:9/' }).end('{}');
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(what));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const gateway: Gateway = {
    url: `http://127.0.0.1:${address.port}/`,
    asked,
    answer,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return gateway;
}

import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Faults, isCalm, SERVICES, type Service, type ServiceFaults } from './faults.ts';
import { callerOf, databaseDeeds, type Permissions, queueDeeds, topicDeeds } from './permissions.ts';
import { listen } from './ports.ts';

/** Stands between the functions and what they call: the engines, and the gateways of the channels. It refuses what a function has no permission for, and breaks what it was told to break. */
export class FaultProxies {
  faults: Faults;
  /** Ends the worker of the function that signed a call, as if its sandbox had died. */
  kill: (caller: string) => void = () => {};
  /** Every call that was refused for want of a permission, as the function was told. */
  readonly denied: string[] = [];
  readonly #permissions: Permissions | undefined;
  readonly #targets: Readonly<Record<Service, string>>;
  readonly #servers = new Map<Service, { server: Server; endpoint: string }>();
  readonly #agent = new Agent({ keepAlive: true });

  constructor(faults: Faults, targets: Readonly<Record<Service, string>>, permissions?: Permissions) {
    this.faults = faults;
    this.#permissions = permissions;
    this.#targets = targets;
  }

  async start(): Promise<void> {
    for (const service of SERVICES) {
      const server = createServer((request, response) => void this.#serve(service, request, response));
      this.#servers.set(service, { server, endpoint: `http://127.0.0.1:${await listen(server, 0)}` });
    }
  }

  /** Where functions find each service: straight, as long as nothing of it is to be broken or checked. */
  endpoints(): Record<Service, string> {
    const straight = (name: Service): boolean =>
      isCalm(this.faults, name) && (this.#permissions === undefined || DEEDS[name] === undefined);
    return Object.fromEntries(
      SERVICES.map((name) => [name, straight(name) ? this.#targets[name] : this.#servers.get(name)?.endpoint]),
    ) as Record<Service, string>;
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    for (const { server } of this.#servers.values()) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  #deny(service: Service, request: IncomingMessage, body: Buffer): Refusal | undefined {
    const deedsOf = DEEDS[service];
    if (this.#permissions === undefined || deedsOf === undefined) return undefined;
    const deeds = deedsOf(operationOf(request), body.toString());
    const why = this.#permissions(callerOf(request.headers.authorization), deeds);
    if (why === undefined) return undefined;
    this.denied.push(why);
    return service === 'sns'
      ? { type: 'text/xml', body: snsError('AuthorizationError', why) }
      : {
          type: JSON_1_0,
          body: JSON.stringify({ __type: 'com.amazon.coral.service#AccessDeniedException', Message: why }),
        };
  }

  async #serve(service: Service, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { services, latencyMs } = this.faults;
    const faults = services[service];
    if (latencyMs > 0) await sleep(latencyMs);
    if (faults.down) return void request.socket.destroy();
    if (Math.random() < faults.kill) {
      this.kill(callerOf(request.headers.authorization));
      return void request.socket.destroy();
    }
    const denied = this.#deny(service, request, body);
    const refusal =
      denied ?? (service === 'dynamodb' ? refuseCall(faults, request, body) : refuseMessage(service, faults));
    if (refusal) {
      response.writeHead(refusal.status ?? 400, { 'content-type': refusal.type }).end(refusal.body);
      return;
    }
    const target = new URL(this.#targets[service]);
    const { host: _, ...headers } = request.headers;
    const forward = httpRequest(
      {
        host: target.hostname,
        port: target.port,
        path: request.url,
        method: request.method,
        headers,
        agent: this.#agent,
      },
      (answer) => {
        if (Math.random() < faults.timeoutAfterCommit) {
          answer.resume();
          answer.on('end', () => request.socket.destroy());
          return;
        }
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      },
    );
    forward.on('error', () => request.socket.destroy());
    forward.end(body);
  }
}

/** What a call to a service of AWS does; gateways of the world outside know no permissions. */
const DEEDS: Readonly<Partial<Record<Service, (operation: string, body: string) => ReturnType<typeof databaseDeeds>>>> =
  {
    dynamodb: databaseDeeds,
    sns: (_, body) => topicDeeds(body),
    sqs: queueDeeds,
  };

const operationOf = (request: IncomingMessage): string =>
  String(request.headers['x-amz-target']).split('.').at(-1) ?? '';

const DYNAMO = 'com.amazonaws.dynamodb.v20120810#';

const JSON_1_0 = 'application/x-amz-json-1.0';

interface Refusal {
  /** 400 unless said otherwise: so AWS refuses. */
  status?: number;
  type: string;
  body: string;
}

const snsError = (code: string, message: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

/** A throttled call, or a write that lost against another transaction, as DynamoDB says it. */
function refuseCall(faults: ServiceFaults, request: IncomingMessage, body: Buffer): Refusal | undefined {
  const type = JSON_1_0;
  if (Math.random() < faults.throttle) {
    return {
      type,
      body: JSON.stringify({
        __type: `${DYNAMO}ProvisionedThroughputExceededException`,
        message: 'The level of configured provisioned throughput for the table was exceeded.',
      }),
    };
  }
  const operation = operationOf(request);
  if (!/^(TransactWriteItems|PutItem|UpdateItem|DeleteItem)$/.test(operation) || Math.random() >= faults.conflict)
    return undefined;
  const message = 'Transaction is ongoing for the item';
  if (operation !== 'TransactWriteItems') {
    return { type, body: JSON.stringify({ __type: `${DYNAMO}TransactionConflictException`, message }) };
  }
  const { TransactItems } = JSON.parse(body.toString()) as { TransactItems: unknown[] };
  const hit = Math.floor(Math.random() * TransactItems.length);
  const CancellationReasons = TransactItems.map((_, index) =>
    index === hit ? { Code: 'TransactionConflict', Message: message } : { Code: 'None' },
  );
  const codes = CancellationReasons.map(({ Code }) => Code).join(', ');
  return {
    type,
    body: JSON.stringify({
      __type: `${DYNAMO}TransactionCanceledException`,
      Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
      CancellationReasons,
    }),
  };
}

function refuseMessage(service: Service, faults: ServiceFaults): Refusal | undefined {
  if (Math.random() >= faults.throttle) return undefined;
  if (service === 'sqs') {
    return {
      type: JSON_1_0,
      body: JSON.stringify({ __type: 'com.amazonaws.sqs#RequestThrottled', message: 'Rate exceeded' }),
    };
  }
  if (service === 'sns') return { type: 'text/xml', body: snsError('Throttled', 'Rate exceeded') };
  return { status: 429, type: 'application/json', body: JSON.stringify({ error: 'too many requests' }) };
}

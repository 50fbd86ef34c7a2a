import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { callerOf, databaseDeeds, type Permissions, topicDeeds } from './permissions.ts';
import { listen } from './ports.ts';

const SERVICES = ['dynamodb', 'sns', 'sqs'] as const;
export type Service = (typeof SERVICES)[number];

interface ServiceFaults {
  /** Every connection is cut. */
  down: boolean;
  /** The chance that a call is refused for its rate. */
  throttle: number;
  /** The chance that a write is cancelled by another transaction. */
  conflict: number;
  /** The chance that the answer is lost after the work was done. */
  timeoutAfterCommit: number;
}
export interface Faults {
  services: Readonly<Record<Service, ServiceFaults>>;
  /** Added before every call to an engine, milliseconds. */
  latencyMs: number;
  /** The chance that a request or an event reaches its function twice. */
  repeat: number;
}

const calm: ServiceFaults = { down: false, throttle: 0, conflict: 0, timeoutAfterCommit: 0 };

const HELP =
  'faults are written as sns=down,dynamodb=throttle:0.1|conflict:0.1|timeout-after-commit:0.05,latency=200ms,repeat:0.1';

function chance(text: string | undefined, what: string): number {
  const value = Number(text);
  if (text === undefined || text === '' || !(value >= 0 && value <= 1)) {
    throw new Error(`--fault ${what}: a chance between 0 and 1 is wanted, found "${text ?? ''}"; ${HELP}`);
  }
  return value;
}

/** Reads `--fault`. Empty text is no faults. A mistake is told with what would be right. */
export function parseFaults(spec: string): Faults {
  const faults = { services: { dynamodb: { ...calm }, sns: { ...calm }, sqs: { ...calm } }, latencyMs: 0, repeat: 0 };
  for (const part of spec.split(',').map((each) => each.trim())) {
    if (part === '') continue;
    const [, name = '', value = ''] = /^([a-z]+)[=:](.*)$/.exec(part) ?? [];
    if (name === 'latency') {
      const ms = Number(value.replace(/ms$/, ''));
      if (value === '' || !(ms >= 0))
        throw new Error(`--fault latency: milliseconds are wanted, found "${value}"; ${HELP}`);
      faults.latencyMs = ms;
    } else if (name === 'repeat') {
      faults.repeat = chance(value, 'repeat');
    } else if (SERVICES.includes(name as Service)) {
      for (const each of value.split('|')) setFault(faults.services[name as Service], each, `${name}=${each}`);
    } else {
      throw new Error(`--fault "${part}" is not understood; ${HELP}`);
    }
  }
  return faults;
}

function setFault(service: ServiceFaults, text: string, what: string): void {
  const [kind, value] = text.split(':');
  if (kind === 'down' && value === undefined) service.down = true;
  else if (kind === 'throttle') service.throttle = chance(value, what);
  else if (kind === 'conflict') service.conflict = chance(value, what);
  else if (kind === 'timeout-after-commit') service.timeoutAfterCommit = chance(value, what);
  else throw new Error(`--fault ${what} is not understood; ${HELP}`);
}

const isCalm = (faults: Faults): boolean =>
  faults.latencyMs === 0 && SERVICES.every((name) => JSON.stringify(faults.services[name]) === JSON.stringify(calm));

/** Stands between the functions and the engines: refuses what a function has no permission for, and breaks what it was told to break. */
export class FaultProxies {
  faults: Faults;
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

  /** Where functions find the engines: straight, as long as nothing is to be broken or checked. */
  endpoints(): Record<Service, string> {
    if (isCalm(this.faults) && this.#permissions === undefined) return { ...this.#targets };
    return Object.fromEntries(SERVICES.map((name) => [name, this.#servers.get(name)?.endpoint])) as Record<
      Service,
      string
    >;
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    for (const { server } of this.#servers.values()) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  /** No function sends to a queue itself; the queues' own reader is the local cloud. */
  #deny(service: Service, request: IncomingMessage, body: Buffer): Refusal | undefined {
    if (this.#permissions === undefined || service === 'sqs') return undefined;
    const isDatabase = service === 'dynamodb';
    const deeds = isDatabase ? databaseDeeds(operationOf(request), body.toString()) : topicDeeds(body.toString());
    const why = this.#permissions(callerOf(request.headers.authorization), deeds);
    if (why === undefined) return undefined;
    return isDatabase
      ? {
          type: JSON_1_0,
          body: JSON.stringify({ __type: 'com.amazon.coral.service#AccessDeniedException', Message: why }),
        }
      : { type: 'text/xml', body: snsError('AuthorizationError', why) };
  }

  async #serve(service: Service, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { services, latencyMs } = this.faults;
    const faults = services[service];
    if (latencyMs > 0) await sleep(latencyMs);
    if (faults.down) return void request.socket.destroy();
    const denied = this.#deny(service, request, body);
    const refusal =
      denied ?? (service === 'dynamodb' ? refuseCall(faults, request, body) : refuseMessage(service, faults));
    if (refusal) {
      response.writeHead(400, { 'content-type': refusal.type }).end(refusal.body);
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

const operationOf = (request: IncomingMessage): string =>
  String(request.headers['x-amz-target']).split('.').at(-1) ?? '';

const DYNAMO = 'com.amazonaws.dynamodb.v20120810#';

const JSON_1_0 = 'application/x-amz-json-1.0';

interface Refusal {
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
  return {
    type: 'text/xml',
    body: snsError('Throttled', 'Rate exceeded'),
  };
}

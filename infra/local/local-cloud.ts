import type { Server } from 'node:http';
import { resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Checkpoints } from './checkpoints.ts';
import { clientConfig } from './clients.ts';
import { takeDataFolder } from './data-folder.ts';
import { startDatabase } from './engine-dynamodb.ts';
import { createMessaging, startMessaging } from './engine-messaging.ts';
import { type Plant, startEventSources } from './event-sources.ts';
import { FaultProxies, parseFaults } from './faults.ts';
import type { FunctionHost } from './function-host.ts';
import { environmentOf, functionArn, functionResources, type LocalEnvironment, startFunctions } from './functions.ts';
import { buildH5 } from './h5-build.ts';
import { createHttpApi } from './http-api.ts';
import { asNumber, asText, isObject } from './json.ts';
import { createLog, type Log } from './log.ts';
import { type DemoPerson, demoPeople, keepDemoPeople, openidOf } from './people.ts';
import { permissionsOf } from './permissions.ts';
import { listen } from './ports.ts';
import { reloadOnChange } from './reload.ts';
import { localNaming, whatCannotRun } from './resource-types.ts';
import { sessionKey } from './session-key.ts';
import { smsStandIn } from './stand-ins/sms.ts';
import { wechatStandIn } from './stand-ins/wechat.ts';
import { synthesize } from './synthesize.ts';
import { createTables, openStreams, sweepExpired } from './tables.ts';
import { Templates } from './template.ts';
import { createWeb } from './web.ts';

/** What a loader of demo data gets: the engine's address, and the tables' names by environment variable (`MEALS_TABLE` …). */
export interface LoadTarget {
  endpoint: string;
  tables: Readonly<Record<string, string>>;
  log: Log;
}

export interface LocalCloudOptions {
  /** The web page's port; the APIs take the next ones. 0 lets the system choose free ones. */
  port?: number;
  /** Where everything is kept. */
  data?: string;
  fresh?: boolean;
  /** The text of `--fault`. */
  faults?: string;
  /** Says nothing but what is loud. */
  quiet?: boolean;
  /** Builds and serves the web page. */
  page?: boolean;
  /** Reloads functions when their sources change. */
  watch?: boolean;
  city?: string;
  /** Writes the first data and answers the people to sign in as. Called when the data folder has none. It is the past: no event follows from it. */
  load?: (target: LoadTarget) => Promise<readonly DemoPerson[]>;
  /** The CDK app, and files of it outside the project's usual folders. */
  app?: string;
  appInputs?: readonly string[];
  /** AWS's own engine, which needs Java, instead of dynoxide. */
  engine?: 'dynamodb-local';
  /** Refuses functions what their roles in the template do not allow, as the cloud would. Costs a proxy on every call. */
  checkPermissions?: boolean;
  /** Ends it, also while it is still starting. */
  signal?: AbortSignal;
}

export interface LocalCloud {
  /** `http://localhost:4000` */
  web: string;
  /** The address of each HTTP API by the name of its stack. */
  apis: Readonly<Record<string, string>>;
  people: readonly DemoPerson[];
  /** The engines' own addresses, past the faults. */
  engines: { dynamodb: string; messaging: string };
  /** Queue addresses by ARN. */
  queues: ReadonlyMap<string, string>;
  /** Every function's environment together: table names, topic, keys. */
  environment: Readonly<Record<string, string>>;
  /** What this machine leaves out of the template. */
  cannotRun: readonly string[];
  setFaults(spec: string): Promise<void>;
  /** Invokes a function by its short name (`Meals`) and answers what it answers. */
  invoke(name: string, event: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/** Runs the synthesized template on this machine. Throws, with nothing left running, where it cannot. */
export async function startLocalCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  const undo: (() => unknown)[] = [];
  let stopping = Promise.resolve();
  const stop = (): Promise<void> => {
    stopping = stopping.then(async () => {
      for (let step = undo.pop(); step; step = undo.pop()) await step();
    });
    return stopping;
  };
  // Ended while it still starts: what runs already is ended at once, and the next step of starting fails.
  options.signal?.addEventListener('abort', () => void stop(), { once: true });
  try {
    return await start(options, undo, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  options: LocalCloudOptions,
  undo: (() => unknown)[],
  stop: () => Promise<void>,
): Promise<LocalCloud> {
  const { port = 4000, fresh = false, quiet = false, app = 'infra/app.ts' } = options;
  const data = resolve(options.data ?? '.anxin');
  const faults = parseFaults(options.faults ?? '');
  const log = createLog({ quiet });
  undo.push(takeDataFolder(data, fresh));
  const page = createWeb();
  const webPort = await open(page.server, port, undo);
  const building = new AbortController();
  undo.push(() => building.abort());

  const database = startDatabase(data, options.engine);
  const messaging = startMessaging(data);
  for (const engine of [database, messaging]) undo.push(async () => (await engine.catch(() => undefined))?.stop());
  const key = sessionKey(data);
  const people: DemoPerson[] = [...(demoPeople(data) ?? [])];
  const sms = smsStandIn();
  const wechatUrl = `http://127.0.0.1:${await open(
    wechatStandIn((code) => openidOf(people, code)),
    0,
    undo,
  )}`;
  const smsUrl = `http://127.0.0.1:${await open(sms.server, 0, undo)}`;
  const [assembly, db, queueing, pageTrouble] = await Promise.all([
    synthesize(app, { stage: 'local' }, options.appInputs),
    database,
    messaging,
    options.page ? buildH5(building.signal) : undefined,
  ]);
  options.signal?.throwIfAborted();
  if (pageTrouble) log.loud(pageTrouble);

  const queues = new Map<string, string>();
  const templates = Templates.read(assembly, localNaming({ queues, publicKey: key.publicKey }));
  const cannotRun = whatCannotRun(templates.resources);
  for (const words of cannotRun) log.loud(words);
  const client = new DynamoDBClient(clientConfig(db.endpoint));
  undo.push(() => client.destroy());
  await Promise.all([createTables(client, templates), createMessaging(queueing, templates, queues)]);

  const permissions = options.checkPermissions ? permissionsOf(templates) : undefined;
  const targets = { dynamodb: db.endpoint, sns: queueing.endpoint, sqs: queueing.endpoint };
  const proxies = new FaultProxies(faults, targets, permissions);
  await proxies.start();
  undo.push(() => proxies.stop());
  const local = (): LocalEnvironment => ({
    endpoints: proxies.endpoints(),
    sessionKeyFile: key.file,
    wechatUrl,
    smsUrl,
  });
  const functions = startFunctions(templates, local(), log);
  undo.push(() => Promise.all([...functions.values()].map((host) => host.stop())));
  const environment = Object.assign({}, ...[...functions.values()].map(({ spec }) => spec.environment)) as Record<
    string,
    string
  >;

  if (options.load && demoPeople(data) === undefined) {
    people.push(...(await options.load({ endpoint: db.endpoint, tables: tablesOf(environment), log })));
    keepDemoPeople(data, people);
  } else if (options.city)
    log.loud(`--city counts with new data only: ${data} has its town already (--fresh starts over)`);
  const tables = await openStreams(client, templates);

  const checkpoints = new Checkpoints(data);
  undo.push(() => checkpoints.flush());
  const repeats = (): number => proxies.faults.repeat;
  const plant: Plant = {
    templates,
    functions,
    tables,
    database: db.endpoint,
    messaging: queueing,
    queues,
    checkpoints,
    repeats,
    log,
  };
  // One that does not come up has said so loudly; the rest runs.
  await Promise.all([...functions.values()].map((host) => host.ready.catch(() => {})));
  undo.push(startEventSources(plant));
  const sweeping = new AbortController();
  undo.push(() => sweeping.abort());
  void sweepExpired(client, tables, sweeping.signal);
  const apis = await openApis(plant, port === 0 ? 0 : webPort + 1, undo);
  if (options.watch) undo.push(() => reload.stop());
  const reload = options.watch ? reloadOnChange([...functions.values()], data, log) : { stop() {} };

  const setFaults = async (spec: string): Promise<void> => {
    const before = JSON.stringify(proxies.endpoints());
    proxies.faults = parseFaults(spec);
    if (JSON.stringify(proxies.endpoints()) === before) return;
    const resources = functionResources(templates);
    await Promise.all(
      resources.map((resource) =>
        functions.get(functionArn(resource))?.change({ environment: environmentOf(templates, resource, local()) }),
      ),
    );
  };
  const invoke = (name: string, event: unknown): Promise<unknown> => {
    const host = [...functions.values()].find(({ spec }) => spec.name === name);
    if (host) return host.invoke(event);
    const known = [...functions.values()].map(({ spec }) => spec.name).join(', ');
    throw new Error(`no function "${name}": there are ${known}`);
  };
  const web = `http://localhost:${webPort}`;
  const messages = `${web}/dev/messages`;
  page.open({
    config: () => ({ apis, dev: true }),
    info: () => ({ web, apis, city: options.city, engine: db.name, people, messages, cannotRun }),
    messages: () => ({ messages: sms.messages }),
    async faults(spec) {
      await setFaults(spec);
      return proxies.faults;
    },
    invoke,
  });
  return {
    web,
    apis,
    people,
    engines: { dynamodb: db.endpoint, messaging: queueing.endpoint },
    queues,
    environment,
    cannotRun,
    setFaults,
    invoke: async (name, event) => invoke(name, event),
    stop,
  };
}

async function open(server: Server, port: number, undo: (() => unknown)[]): Promise<number> {
  const opened = await listen(server, port);
  undo.push(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 1000).unref();
    await closed;
  });
  return opened;
}

const tablesOf = (environment: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => name.endsWith('_TABLE')));

/** Each HTTP API of the template on its own port, from `port` on. Answers their addresses by stack. */
async function openApis(
  { templates, functions, repeats, log }: Plant,
  port: number,
  undo: (() => unknown)[],
): Promise<Record<string, string>> {
  const addresses: Record<string, string> = {};
  let next = port;
  for (const resource of templates.ofType('AWS::ApiGatewayV2::Api')) {
    const own = (type: string) =>
      templates
        .ofType(type)
        .filter(
          (each) =>
            each.stack === resource.stack &&
            templates.resolved(each).ApiId === templates.resolve({ Ref: resource.id }, resource.stack),
        );
    const integrations = own('AWS::ApiGatewayV2::Integration').map(
      (each) => [asText(templates.resolve({ Ref: each.id }, each.stack)), templates.resolved(each)] as const,
    );
    const byTarget = new Map(integrations.map(([name, properties]) => [`integrations/${name}`, properties]));
    const routes = own('AWS::ApiGatewayV2::Route').map((each) => {
      const { RouteKey, Target } = templates.resolved(each);
      const integration = byTarget.get(asText(Target));
      const uri = asText(integration?.IntegrationUri);
      const host = functionOf(functions, uri);
      if (host === undefined) throw new Error(`${each.key}: its integration "${uri}" is no function of the template`);
      return { key: asText(RouteKey), host, timeoutMs: asNumber(integration?.TimeoutInMillis, 30_000) };
    });
    const cors = templates.resolved(resource).CorsConfiguration;
    const server = createHttpApi(
      { name: resource.stack, cors: isObject(cors) ? cors : undefined, routes, repeats },
      log,
    );
    const name = resource.stack in addresses ? `${resource.stack}.${resource.id}` : resource.stack;
    addresses[name] = `http://localhost:${await open(server, next, undo)}`;
    if (next !== 0) next += 1;
  }
  return addresses;
}

/** An integration names its function by ARN, or by API Gateway's path that holds the ARN. */
const functionOf = (functions: ReadonlyMap<string, FunctionHost>, uri: string): FunctionHost | undefined =>
  [...functions].find(([arn]) => uri === arn || uri.endsWith(`/functions/${arn}/invocations`))?.[1];

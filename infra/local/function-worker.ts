import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

/** What the worker gets when it starts. */
export interface WorkerStart {
  /** The folder of the asset. */
  directory: string;
  /** `index.handler` */
  handler: string;
  name: string;
  memory: number;
}
export type ToWorker = { id: number; event: unknown; deadline: number; requestId: string } | { ping: number };
export type FromWorker =
  | { ready: true }
  | { id: number; result: unknown }
  | { id: number; error: { errorType: string; errorMessage: string; stack?: string | undefined } }
  | { pong: number };

type Handler = (event: unknown, context: object) => unknown;

const port = parentPort;
if (port === null) throw new Error('function-worker.ts runs as a worker thread only');
const { directory, handler: path, name, memory } = workerData as WorkerStart;
const say = (message: FromWorker): void => port.postMessage(message);

const dot = path.lastIndexOf('.');
const load = createRequire(join(directory, 'index.js'));
const handler = (load(`./${path.slice(0, dot)}.js`) as Record<string, Handler>)[path.slice(dot + 1)];
if (handler === undefined) throw new Error(`${name}: ${path.slice(0, dot)}.js exports no ${path.slice(dot + 1)}`);

const contextOf = (requestId: string, deadline: number): object => ({
  awsRequestId: requestId,
  functionName: name,
  functionVersion: '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
  memoryLimitInMB: String(memory),
  logGroupName: `/aws/lambda/${name}`,
  logStreamName: 'local',
  callbackWaitsForEmptyEventLoop: true,
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
});

port.on('message', async (message: ToWorker) => {
  if ('ping' in message) return say({ pong: message.ping });
  const { id, event, deadline, requestId } = message;
  try {
    say({ id, result: await handler(event, contextOf(requestId, deadline)) });
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    say({ id, error: { errorType: error.name, errorMessage: error.message, stack: error.stack } });
  }
});
say({ ready: true });

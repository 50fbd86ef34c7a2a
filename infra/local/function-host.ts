import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { FromWorker, ToWorker, WorkerStart } from './function-worker.ts';
import type { Log } from './log.ts';

/** A function of the template, ready to run: what is the same however often its code or environment changes. */
export interface FunctionSpec {
  key: string;
  /** Short name for logs: the logical id without its hash. */
  name: string;
  directory: string;
  handler: string;
  memory: number;
  timeoutMs: number;
  environment: Readonly<Record<string, string>>;
  reservedConcurrency: number | undefined;
  /** The source file, when the template tells it: it is bundled anew when it changes. */
  entry: string | undefined;
}

/** Why an invocation gave no result: the function threw or timed out (`failed`), or there is no room for it (`throttled`). */
export class InvocationError extends Error {
  readonly kind: 'failed' | 'throttled';
  constructor(kind: 'failed' | 'throttled', message: string) {
    super(message);
    this.name = 'InvocationError';
    this.kind = kind;
  }
}

interface Running {
  resolve(result: unknown): void;
  reject(error: InvocationError): void;
  timer: NodeJS.Timeout;
}

/** One generation of a function's code: a worker thread in which many invocations run side by side. */
class Generation {
  readonly worker: Worker;
  readonly ready: Promise<void>;
  readonly running = new Map<number, Running>();
  cameUp = false;
  pong: (() => void) | undefined;

  constructor(spec: FunctionSpec, log: Log) {
    const workerData: WorkerStart = {
      directory: spec.directory,
      handler: spec.handler,
      name: spec.name,
      memory: spec.memory,
    };
    this.worker = new Worker(new URL('./function-worker.ts', import.meta.url), {
      workerData,
      env: { ...spec.environment, LAMBDA_TASK_ROOT: spec.directory },
      stdout: true,
      stderr: true,
    });
    for (const stream of [this.worker.stdout, this.worker.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => log.lines(spec.name, text));
    }
    this.ready = new Promise((resolve, reject) => {
      this.worker.on('message', (message: FromWorker) => {
        if ('ready' in message) {
          this.cameUp = true;
          resolve();
        } else if ('pong' in message) this.pong?.();
        else this.#settle(message);
      });
      this.worker.once('error', (error) => {
        log.loud(`${spec.name}: the function could not go on: ${error instanceof Error ? error.stack : error}`);
        reject(new InvocationError('failed', `${spec.name} could not go on: ${error}`));
      });
      this.worker.once('exit', () => {
        reject(new InvocationError('failed', `${spec.name} ended`));
        this.#abandon(`${spec.name} ended`);
      });
    });
    this.ready.catch(() => {});
  }

  #settle(message: Extract<FromWorker, { id: number }>): void {
    const running = this.running.get(message.id);
    if (running === undefined) return; // timed out before
    this.running.delete(message.id);
    clearTimeout(running.timer);
    if ('error' in message) {
      const { errorType, errorMessage, stack } = message.error;
      running.reject(new InvocationError('failed', stack ?? `${errorType}: ${errorMessage}`));
    } else running.resolve(message.result);
  }

  #abandon(reason: string): void {
    for (const [, running] of this.running) {
      clearTimeout(running.timer);
      running.reject(new InvocationError('failed', reason));
    }
    this.running.clear();
  }
}

/**
 * Runs one Lambda function. All invocations share one worker thread, where Lambda would give each its own sandbox: state kept
 * between invocations is shared here by more of them than in the cloud. Reserved concurrency and time limits hold.
 */
export class FunctionHost {
  #spec: FunctionSpec;
  #current: Generation;
  #count = 0;
  #stopped = false;
  readonly #log: Log;

  constructor(spec: FunctionSpec, log: Log) {
    this.#spec = spec;
    this.#log = log;
    this.#current = this.#begin(spec);
  }

  get spec(): FunctionSpec {
    return this.#spec;
  }

  get ready(): Promise<void> {
    return this.#current.ready;
  }

  #begin(spec: FunctionSpec): Generation {
    const generation = new Generation(spec, this.#log);
    // A function that died (an uncaught error, as in the cloud) is started again for the next invocation.
    generation.worker.once('exit', () => {
      // One that never came up would only die again: it waits for its code to change.
      if (!this.#stopped && this.#current === generation && generation.cameUp) this.#current = this.#begin(spec);
    });
    return generation;
  }

  /** Invokes the function and answers what it answers. Throws an `InvocationError` where it threw, timed out or has no room. */
  invoke(event: unknown): Promise<unknown> {
    const { reservedConcurrency, timeoutMs, name } = this.#spec;
    const generation = this.#current;
    if (generation.worker.threadId === -1) {
      return Promise.reject(new InvocationError('failed', `${name} does not run: see its error above`));
    }
    if (reservedConcurrency !== undefined && generation.running.size >= reservedConcurrency) {
      return Promise.reject(
        new InvocationError('throttled', `${name}: reserved concurrency of ${reservedConcurrency} is used up`),
      );
    }
    this.#count += 1;
    const id = this.#count;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        generation.running.delete(id);
        this.#log.loud(`${name}: timed out after ${timeoutMs} ms`);
        reject(new InvocationError('failed', `${name}: Task timed out after ${timeoutMs / 1000} seconds`));
        this.#replaceIfStuck(generation);
      }, timeoutMs);
      generation.running.set(id, { resolve, reject, timer });
      const message: ToWorker = { id, event, deadline: Date.now() + timeoutMs, requestId: randomUUID() };
      generation.worker.postMessage(message);
    });
  }

  /** A function that answers no ping for a second sits in an endless loop: end it, and begin anew. */
  #replaceIfStuck(generation: Generation): void {
    const timer = setTimeout(() => {
      this.#log.loud(`${this.#spec.name}: does not answer any more, started anew`);
      if (this.#current === generation) this.#current = this.#begin(this.#spec);
      void generation.worker.terminate();
    }, 1000);
    generation.pong = () => clearTimeout(timer);
    generation.worker.postMessage({ ping: 1 } satisfies ToWorker);
  }

  /** Goes over to other code or environment. What runs may finish in the old one, for as long as its time limit. */
  async change(change: Partial<Pick<FunctionSpec, 'directory' | 'environment'>>): Promise<void> {
    const before = this.#current;
    const spec = { ...this.#spec, ...change };
    const next = this.#begin(spec);
    await next.ready.catch(() => {});
    this.#spec = spec;
    this.#current = next;
    const until = Date.now() + spec.timeoutMs;
    while (before.running.size > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
    await before.worker.terminate();
  }

  /** Ends the sandbox in the middle of its work, as Lambda may: what runs gets no answer, and the next invocation finds a new one. */
  kill(): void {
    this.#log.loud(`${this.#spec.name}: killed on purpose`);
    // Also one that was killed while it was coming up begins again: its code is not to blame.
    this.#current.cameUp = true;
    void this.#current.worker.terminate();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#current.worker.terminate();
  }
}

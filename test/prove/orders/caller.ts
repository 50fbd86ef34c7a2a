import { setTimeout as sleep } from 'node:timers/promises';

export interface Reply {
  readonly status: number;
  readonly replayed: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the API says; the audit reads the tables, not this
  readonly json: any;
}

const TRIES = 40;
const PATIENCE_MS = 15_000;

/** Calls an API as a client that does not give up: a lost or unavailable answer is asked for again with the same request. */
export class Caller {
  readonly #base: string;
  readonly #token: string;
  /** Answers of 5xx, and connections that broke. */
  unavailable = 0;

  constructor(base: string, token: string) {
    this.#base = base;
    this.#token = token;
  }

  /** The first definite answer (below 500), or undefined when there was none. */
  async send(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Reply | undefined> {
    for (let attempt = 0; attempt < TRIES && !signal?.aborted; attempt++) {
      try {
        const reply = await this.once(method, path, body);
        if (reply.status < 500) return reply;
        this.unavailable += 1;
      } catch {
        this.unavailable += 1;
      }
      if (!signal?.aborted) await sleep(Math.random() * Math.min(400, 20 * 2 ** attempt));
    }
    return undefined;
  }

  async once(method: string, path: string, body?: unknown): Promise<Reply> {
    const response = await fetch(`${this.#base}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const json = await response.json();
    return { status: response.status, replayed: response.headers.get('idempotency-replayed') === 'true', json };
  }
}

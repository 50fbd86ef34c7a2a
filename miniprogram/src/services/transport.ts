import Taro from '@tarojs/taro';
import type { Method } from '../../../shared/route.ts';

export interface Wire {
  readonly method: Method;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** After so long without an answer the request counts as lost, milliseconds. */
  readonly timeoutMs?: number;
}

export interface WireAnswer {
  readonly status: number;
  readonly text: string;
  header(name: string): string | undefined;
}

/** Sends one request. Rejects when no answer came, whatever the cause: nothing is known then of what the server did. */
export type Transport = (wire: Wire) => Promise<WireAnswer>;

const TIMEOUT_MS = 15_000;

export const taroTransport: Transport = async ({ method, url, headers, body, timeoutMs = TIMEOUT_MS }) => {
  const answer = await Taro.request<string>({
    url,
    method,
    header: { ...headers },
    timeout: timeoutMs,
    dataType: 'text',
    responseType: 'text',
    ...(body === undefined ? {} : { data: body }),
  });
  if (!answer.statusCode) throw new Error('no answer');
  const found: Record<string, unknown> = answer.header ?? {};
  return {
    status: answer.statusCode,
    text: typeof answer.data === 'string' ? answer.data : JSON.stringify(answer.data ?? ''),
    header(name) {
      const key = Object.keys(found).find((one) => one.toLowerCase() === name.toLowerCase());
      return key === undefined ? undefined : String(found[key]);
    },
  };
};

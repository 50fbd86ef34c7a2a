import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTownInto } from '../../../infra/local/demo-town.ts';
import { type LocalCloud, startLocalCloud } from '../../../infra/local/local-cloud.ts';
import { makeTown, type Town } from '../../../infra/town/town.ts';
import { dateInChina, toInstant } from '../../../shared/values/dates.ts';
import type { FakeAnswer } from '../../component/support/fake-api.ts';

/** The whole system on this machine with a small town, as a phone with the WeChat bundle reaches it. */
export interface Servers {
  readonly cloud: LocalCloud;
  readonly town: Town;
  readonly api: {
    answer(method: string, path: string, body?: string, token?: string, origin?: string): Promise<FakeAnswer>;
  };
  /** WeChat is told, as the phone tells it, that the account behind a login code takes one more message. */
  consent(code: string): Promise<void>;
  stop(): Promise<void>;
}

const TOWN = { elders: 60, canteens: 2, seed: 7 } as const;
/** What the bundle is built for: the first address is AnxinApi's, the second AnxinAlerts'. */
const STACK_OF: Readonly<Record<string, string>> = {
  'http://localhost:4001': 'AnxinApi',
  'http://localhost:4002': 'AnxinAlerts',
};

export async function startServers(): Promise<Servers> {
  const data = mkdtempSync(join(tmpdir(), 'anxin-weapp-'));
  const now = toInstant(Date.now());
  const town = makeTown({ ...TOWN, today: dateInChina(now), now });
  const cloud = await startLocalCloud({
    port: 0,
    data,
    quiet: true,
    load: (target) => loadTownInto(town, target),
  });
  const addressOf = (origin = ''): string => cloud.apis[STACK_OF[origin] ?? ''] ?? '';
  return {
    cloud,
    town,
    api: {
      answer: async (method, path, body, token, origin) => {
        const response = await fetch(addressOf(origin) + path, {
          method,
          headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
          ...(method !== 'GET' && body !== undefined && { body }),
        });
        const headers = Object.fromEntries([...response.headers].map(([name, value]) => [name, value]));
        return { status: response.status, text: await response.text(), headers };
      },
    },
    consent: async (code) => {
      await fetch(`${cloud.gateways.wechat}/stand-in/consents`, { method: 'POST', body: JSON.stringify({ code }) });
    },
    stop: async () => {
      await cloud.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

import Taro from '@tarojs/taro';
import { storage } from './storage.ts';

/** Where the APIs are (`AnxinApi` → `http://localhost:4001`), and whether this is a local cloud with demo people. */
export interface Addresses {
  readonly apis: Readonly<Record<string, string>>;
  readonly dev: boolean;
}

/** Kept, so that a call for help finds its way although the place of the web page does not answer. */
const KEY = 'addresses';

let known: Promise<Addresses> | undefined;

async function load(): Promise<Addresses> {
  if (process.env.TARO_ENV !== 'h5') return { apis: ANXIN_BUILT_APIS, dev: ANXIN_BUILT_DEV };
  const answer = await Taro.request({ url: '/config.json', method: 'GET', dataType: 'json', timeout: 4000 });
  const config = answer.data as Partial<Addresses> | undefined;
  if (answer.statusCode !== 200 || typeof config?.apis !== 'object') throw new Error('config.json is missing');
  const found = { apis: config.apis, dev: config.dev === true };
  storage.write(KEY, found);
  return found;
}

/** Asked once; asked again after a failure. */
export function addresses(): Promise<Addresses> {
  known ??= load().catch((error: unknown) => {
    known = undefined;
    const kept = storage.read<Addresses>(KEY);
    if (kept !== undefined) return kept;
    throw error;
  });
  return known;
}

export const forgetAddresses = (): void => {
  known = undefined;
};

import type { FakeApi } from './fake-api.ts';

/** What Taro gives the pages, on this machine: storage in memory, requests to the fake API, and a list of where one went. */
export const stage = {
  storage: new Map<string, string>(),
  api: undefined as FakeApi | undefined,
  /** Pages opened so far: `navigateTo /packages/family/dishes/index?…`. */
  went: [] as string[],
  params: {} as Record<string, string>,
  /** What the local cloud says at `/config.json`, `/dev/info`, `/dev/messages`. */
  files: {} as Record<string, unknown>,
  fontSizeSetting: undefined as number | undefined,
  networkListeners: [] as ((state: { isConnected: boolean }) => void)[],
  reset(): void {
    stage.storage.clear();
    stage.api = undefined;
    stage.went = [];
    stage.params = {};
    stage.files = { '/config.json': { apis: { AnxinApi: 'http://api', AnxinAlerts: 'http://alerts' }, dev: false } };
    stage.fontSizeSetting = undefined;
    stage.networkListeners = [];
  },
};

interface RequestOptions {
  readonly url: string;
  readonly method: string;
  readonly header?: Record<string, string>;
  readonly data?: string;
}

async function request({ url, method, header, data }: RequestOptions) {
  if (url.startsWith('/')) {
    const found = stage.files[url];
    return found === undefined
      ? { statusCode: 404, data: {}, header: {} }
      : { statusCode: 200, data: found, header: {} };
  }
  if (stage.api === undefined) throw new Error('the test has no API');
  const token = header?.Authorization?.replace('Bearer ', '');
  const answer = await stage.api.answer(method, url, data, token);
  return { statusCode: answer.status, data: answer.text, header: answer.headers };
}

const go =
  (how: string) =>
  async ({ url }: { url: string }) => {
    stage.went.push(`${how} ${url}`);
  };

const Taro = {
  request,
  getStorageSync: (key: string) => stage.storage.get(key) ?? '',
  setStorageSync: (key: string, value: string) => void stage.storage.set(key, value),
  removeStorageSync: (key: string) => void stage.storage.delete(key),
  getStorageInfoSync: () => ({ keys: [...stage.storage.keys()] }),
  navigateTo: go('navigateTo'),
  redirectTo: go('redirectTo'),
  reLaunch: go('reLaunch'),
  switchTab: go('switchTab'),
  navigateBack: async () => void stage.went.push('back'),
  getCurrentPages: () => [{}, {}],
  useRouter: () => ({ params: stage.params }),
  setNavigationBarTitle: async () => undefined,
  getAppBaseInfo: () => ({ fontSizeSetting: stage.fontSizeSetting }),
  login: async () => ({ code: 'wechat-code' }),
  makePhoneCall: async () => undefined,
  getNetworkType: async (options: { success: (type: { networkType: string }) => void }) =>
    options.success({ networkType: 'wifi' }),
  onNetworkStatusChange: (listener: (state: { isConnected: boolean }) => void) =>
    void stage.networkListeners.push(listener),
};

// biome-ignore lint/style/noDefaultExport: it stands in for a module that has one
export default Taro;
export const useDidShow = (): void => undefined;
export const useDidHide = (): void => undefined;
export const useLaunch = (): void => undefined;

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import vm from 'node:vm';
import type { FakeAnswer } from '../../component/support/fake-api.ts';
import { compileWxml, type Render, textOf, type WxNode, walk } from './wxml.ts';

type Data = Record<string, unknown>;
type Config = Record<string, unknown> & { data?: Data };
type Page = Config & { data: Data; route: string };
interface Answering {
  success?: (result: object) => void;
  fail?: (error: { errMsg: string }) => void;
  complete?: () => void;
}

/** WeChat's limits: pages one on another, requests at a time, characters kept under one key and in all; when a hidden app stops. */
const MOST_PAGES = 10;
const MOST_REQUESTS = 10;
const MOST_OF_A_KEY = 1024 * 1024;
const MOST_KEPT = 10 * 1024 * 1024;
const FREEZES_AFTER_MS = 5000;

/** What `wx.request` can send; WeChat refuses PATCH. */
const METHODS = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT'];

/** Sets `root.cn.[0].v` in the data, as `setData` does. */
function setPath(data: Data, path: string, value: unknown): void {
  const keys = path
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter(Boolean);
  const last = keys.pop() as string;
  let at = data;
  for (const key of keys) {
    at[key] ??= {};
    at = at[key] as Data;
  }
  // Data crosses between two processes as JSON.
  at[last] = value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** Tries until it does not throw; after 5 s it throws what was thrown last. */
export async function eventually<T>(attempt: () => T): Promise<T> {
  const until = Date.now() + 5000;
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

/** What answers the app's requests: a fake, or servers. `origin` is what the bundle was built for. */
interface Api {
  answer(
    method: string,
    path: string,
    body: string | undefined,
    token: string | undefined,
    origin: string,
  ): Promise<FakeAnswer>;
  /** Loses or finds the connection, where it can. */
  connect?(connected: boolean): void;
}

/** How the phone is set. */
export interface Phone {
  /** Size of text in WeChat's settings, px. */
  readonly fontSizeSetting?: number;
  /** What its clock says at the start, as an instant. */
  readonly now?: string;
  /** What the app has kept on it before. */
  readonly storage?: ReadonlyMap<string, string>;
  /** Subpackages that WeChat has not fetched, and cannot: `packages/family`. */
  readonly missing?: readonly string[];
  /** It has no loudspeaker: WeChat makes no player. */
  readonly mute?: boolean;
  /** What `wx.login` gives: whose WeChat it is. */
  readonly loginCode?: string;
  /** Whether its owner says yes when WeChat asks for consent to a message; WeChat is told of each yes. */
  readonly consents?: () => boolean | Promise<boolean>;
  /** How many characters the app may keep on it; WeChat lets it keep 10 MB, and 1 MB under one key. */
  readonly room?: number;
  /** WeChat would ask about privacy anew before it tells where the phone is. */
  readonly asksForPrivacy?: boolean;
  /** Where it is; undefined where the person has not allowed that to be known. */
  readonly position?: { readonly longitude: number; readonly latitude: number; readonly accuracy: number };
}

/**
 * Runs the built WeChat bundle as the phone does: a context without code generation, `wx` and WeChat's globals, templates
 * rendered by WeChat's compiler, taps and input handed to the handlers that the template names.
 */
export class WeChat {
  readonly went: string[] = [];
  readonly storage: Map<string, string>;
  /** Numbers that were dialled. */
  readonly dialled: string[] = [];
  /** Files that the app has written, by their path; the one that sounds now. */
  readonly files = new Map<string, ArrayBuffer>();
  playing: string | undefined;
  /** How often consent to a message was asked for within a tap; how often outside of one, which WeChat refuses. */
  readonly consentsAsked = { within: 0, outside: 0 };
  private readonly folder: string;
  private readonly api: Api;
  private readonly fontSizeSetting: number;
  private readonly missing: readonly string[];
  private readonly position: Phone['position'];
  private readonly mute: boolean;
  private readonly loginCode: string;
  private readonly room: number;
  private readonly asksForPrivacy: boolean;
  /** How often its position was asked for. */
  located = 0;
  /** Whether the screen is kept on. */
  keptOn = false;
  /** Requests that are on their way. */
  private onTheirWay = 0;
  /** Since the app was hidden for five seconds, nothing of it runs: what was due waits here until it is shown. */
  private frozen: (() => void)[] | undefined;
  private readonly consents: NonNullable<Phone['consents']>;
  /** Only what runs before a tap's handler comes back is within it. */
  private inTap = false;
  private readonly render: Render;
  private readonly context: vm.Context;
  private readonly modules = new Map<string, { exports: unknown }>();
  private readonly stack: Page[] = [];
  private readonly own = this.wx();
  private app: Config = {};
  private readonly registrations = new Map<string, Config>();
  private registered: Config | undefined;
  private networkListeners: ((state: object) => void)[] = [];

  constructor(folder: string, api: Api, phone: Phone = {}) {
    const {
      fontSizeSetting = 16,
      now = new Date().toISOString(),
      storage = [],
      missing = [],
      position,
      mute = false,
      loginCode = 'code-of-wechat',
      consents = () => false,
      room = MOST_KEPT,
      asksForPrivacy = false,
    } = phone;
    this.storage = new Map(storage);
    this.missing = missing;
    this.position = position;
    this.mute = mute;
    this.loginCode = loginCode;
    this.consents = consents;
    this.room = room;
    this.asksForPrivacy = asksForPrivacy;
    this.folder = folder;
    this.api = api;
    this.fontSizeSetting = fontSizeSetting;
    this.render = compileWxml(folder);
    const register = (config: Config) => {
      this.registered = config;
    };
    this.context = vm.createContext(
      {
        wx: this.own,
        App: (config: Config) => {
          this.app = config;
        },
        Page: register,
        Component: register,
        Behavior: (config: object) => config,
        getApp: () => this.app,
        getCurrentPages: () => this.stack,
        console,
        setTimeout: (run: (...with_: unknown[]) => void, ms?: number, ...with_: unknown[]) =>
          setTimeout(() => this.whenShown(() => run(...with_)), ms),
        clearTimeout,
        setInterval: (run: () => void, ms: number) =>
          setInterval(() => {
            if (this.frozen === undefined) run();
          }, ms).unref(),
        clearInterval,
      },
      { codeGeneration: { strings: false, wasm: false } },
    );
    // The phone's clock starts at the instant that the test gives, and goes on from there.
    vm.runInContext(
      `(function (ahead) {
        var Real = Date;
        Date = class extends Real {
          constructor() { arguments.length ? super(...arguments) : super(Real.now() + ahead); }
          static now() { return Real.now() + ahead; }
        };
      })`,
      this.context,
    )(Date.parse(now) - Date.now());
  }

  private whenShown(run: () => void): void {
    if (this.frozen === undefined) run();
    else this.frozen.push(run);
  }

  /** Somebody locks the phone or leaves the app; five seconds later WeChat lets nothing of it run. */
  hide(): void {
    this.call(this.page, 'onHide');
    this.call(this.app, 'onHide');
    this.freezing = setTimeout(() => {
      this.frozen = [];
    }, FREEZES_AFTER_MS);
  }

  /** Somebody is back: what was due is done. */
  show(): void {
    clearTimeout(this.freezing);
    const due = this.frozen ?? [];
    this.frozen = undefined;
    this.call(this.app, 'onShow', { path: '', query: {}, scene: 1001 });
    this.call(this.page, 'onShow');
    for (const run of due) run();
  }
  private freezing: ReturnType<typeof setTimeout> | undefined;

  /** Opens a page as the app itself would. */
  async goTo(url: string): Promise<void> {
    (this.own.navigateTo as (options: object) => void)({ url });
    await new Promise((resolve) => setTimeout(resolve, 60));
  }

  /** How many pages are open. */
  get pages(): number {
    return this.stack.length;
  }

  /** Starts the app and opens its first page. */
  async launch(): Promise<void> {
    this.load('app.js');
    const options = { path: '', query: {}, scene: 1001 };
    this.call(this.app, 'onLaunch', options);
    this.call(this.app, 'onShow', options);
    const { pages } = JSON.parse(readFileSync(join(this.folder, 'app.json'), 'utf8')) as { pages: string[] };
    await this.open(`/${pages[0]}`);
  }

  get page(): Page {
    const page = this.stack.at(-1);
    if (page === undefined) throw new Error('no page is open');
    return page;
  }

  tree(): WxNode {
    return this.render(`${this.page.route}.wxml`, this.page.data);
  }

  text(): string {
    return textOf(this.tree());
  }

  /** Waits until the page shows a text. */
  async sees(text: string): Promise<void> {
    await eventually(() => {
      if (!this.text().includes(text))
        throw new Error(`“${text}” is not on ${this.page.route}, which says: ${this.text()}`);
    });
  }

  /** The element that a screen reader announces with this role and these words. */
  find(role: string, label: string | RegExp): WxNode {
    const matches = (said: string) => (typeof label === 'string' ? said === label : label.test(said));
    const isIt = ({ tag, attr }: WxNode) => attr.ariaRole === role || (role === 'img' && tag === 'wx-image');
    const all = [...walk(this.tree())].filter(isIt);
    const said = (node: WxNode) => String(node.attr.ariaLabel ?? textOf(node));
    const found = all.find((node) => matches(said(node)));
    if (!found) throw new Error(`no ${role} “${label}” on ${this.page.route}; there are: ${all.map(said).join(' | ')}`);
    return found;
  }

  async tap(role: string, label: string | RegExp): Promise<void> {
    await this.fire(await eventually(() => this.find(role, label)), 'tap', {});
  }

  /** Puts a finger on something and leaves it there for a while; then the phone sends a tap, as it does. */
  async hold(label: string | RegExp, ms: number): Promise<void> {
    const node = await eventually(() => this.find('button', label));
    await this.fire(node, 'touchstart', {});
    await new Promise((resolve) => setTimeout(resolve, ms));
    await this.fire(node, 'touchend', {});
    await this.fire(node, 'tap', {});
  }

  async type(label: string, value: string): Promise<void> {
    const box = await eventually(() => {
      const found = [...walk(this.tree())].find(({ tag, attr }) => tag === 'wx-input' && attr.ariaLabel === label);
      if (!found) throw new Error(`no box “${label}” on ${this.page.route}`);
      return found;
    });
    await this.fire(box, 'input', { value });
  }

  /** Taps WeChat's button for the verified number, and lets it tell. Without a code the owner has refused. */
  async giveNumber(label: string, code?: string): Promise<void> {
    const button = await eventually(() => {
      const found = [...walk(this.tree())].find(
        (node) => node.tag === 'wx-button' && node.attr.openType === 'getPhoneNumber' && textOf(node) === label,
      );
      if (!found) throw new Error(`no button for a number “${label}” on ${this.page.route}`);
      return found;
    });
    await this.fire(
      button,
      'getphonenumber',
      code === undefined ? { errMsg: 'getPhoneNumber:fail user deny' } : { code },
    );
  }

  private async fire(node: WxNode, type: string, detail: object): Promise<void> {
    const handler = node.attr[`bind${type}`] ?? node.attr[`catch${type}`];
    if (typeof handler !== 'string') throw new Error(`nothing listens to ${type} on this ${node.tag}`);
    const target = { id: String(node.attr.id ?? ''), dataset: { sid: node.attr['data-sid'] } };
    this.inTap = type === 'tap';
    try {
      this.call(this.page, handler, { type, detail, target, currentTarget: target, timeStamp: Date.now(), mark: {} });
    } finally {
      this.inTap = false;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  private call(owner: Config, name: string, ...given: unknown[]): unknown {
    const own = owner[name] ?? (owner.methods as Config | undefined)?.[name];
    return typeof own === 'function' ? own.apply(owner, given) : undefined;
  }

  private load(file: string): unknown {
    const known = this.modules.get(file);
    if (known) return known.exports;
    const module = { exports: {} as unknown };
    this.modules.set(file, module);
    const source = readFileSync(join(this.folder, file), 'utf8');
    const run = vm.runInContext(`(function (require, module, exports) {${source}\n})`, this.context, {
      filename: file,
    });
    const near = (name: string) => this.load(`${join(dirname(file), name).replace(/\.js$/, '')}.js`);
    run(near, module, module.exports);
    return module.exports;
  }

  /** A page registers itself once; each opening makes an instance of it. */
  private registration(path: string): Config {
    const known = this.registrations.get(path);
    if (known) return known;
    this.registered = undefined;
    this.load(`${path}.js`);
    const config = this.registered as Config | undefined;
    if (config === undefined) throw new Error(`${path} registered no page`);
    this.registrations.set(path, config);
    return config;
  }

  private async open(url: string): Promise<void> {
    const [path = '', search = ''] = url.replace(/^\//, '').split('?');
    const config = this.registration(path);
    const page: Page = { ...config, data: structuredClone(config.data ?? {}), route: path };
    page.setData = (change: Data, done?: () => void) => {
      for (const [key, value] of Object.entries(change)) setPath(page.data, key, value);
      if (done) setTimeout(done, 0);
    };
    page.selectComponent = () => null;
    this.stack.push(page);
    // WeChat hands parameters over as they stand in the address.
    const query = Object.fromEntries(
      search
        .split('&')
        .filter(Boolean)
        .map((pair) => pair.split('=') as [string, string]),
    );
    this.call(page, 'onLoad', query);
    this.call(page, 'onShow');
    this.call(page, 'onReady');
    await new Promise((resolve) => setTimeout(resolve, 30));
  }

  private close(count: number): void {
    for (const page of this.stack.splice(Math.max(0, this.stack.length - count))) this.call(page, 'onUnload');
  }

  private wx(): Data {
    const done = (options: Answering = {}, result: object = {}) => {
      options.success?.({ errMsg: 'ok', ...result });
      options.complete?.();
    };
    const go = (how: string, closing: () => number) => (options: Answering & { url: string }) => {
      if (how === 'navigateTo' && this.stack.length >= MOST_PAGES) {
        return options.fail?.({ errMsg: 'navigateTo:fail webview count limit exceed' });
      }
      if (this.missing.some((root) => options.url.startsWith(`/${root}/`))) {
        return options.fail?.({ errMsg: `${how}:fail download subpackage` });
      }
      this.went.push(`${how} ${options.url}`);
      if (this.stack.length > 0) this.call(this.page, 'onHide');
      this.close(closing());
      void this.open(options.url).then(() => done(options));
    };
    return {
      request: (options: Answering & { url: string; method?: string; header?: Data; data?: string }) => {
        const method = options.method ?? 'GET';
        if (!METHODS.includes(method)) throw new Error(`wx.request cannot send ${method}`);
        const token = String(options.header?.Authorization ?? '').replace('Bearer ', '') || undefined;
        if (this.onTheirWay >= MOST_REQUESTS) {
          options.fail?.({ errMsg: 'request:fail exceed max request concurrent limit' });
          return { abort: () => undefined };
        }
        this.onTheirWay += 1;
        const ended = () => {
          this.onTheirWay -= 1;
        };
        const { origin, pathname, search } = new URL(options.url);
        this.api.answer(method, pathname + search, options.data, token, origin).then(
          (answer) => {
            ended();
            done(options, { statusCode: answer.status, data: answer.text, header: answer.headers });
          },
          () => {
            ended();
            options.fail?.({ errMsg: 'request:fail' });
          },
        );
        return { abort: () => undefined };
      },
      makePhoneCall: (options: Answering & { phoneNumber: string }) => {
        this.dialled.push(options.phoneNumber);
        done(options);
      },
      vibrateLong: (options: Answering) => done(options),
      setKeepScreenOn: (options: Answering & { keepScreenOn: boolean }) => {
        this.keptOn = options.keepScreenOn;
        done(options);
      },
      setInnerAudioOption: (options: Answering) => done(options),
      env: { USER_DATA_PATH: 'wxfile://usr' },
      getFileSystemManager: () => ({
        writeFileSync: (path: string, content: ArrayBuffer) => void this.files.set(path, content),
      }),
      createInnerAudioContext: () => this.player(),
      getSetting: (options: Answering) =>
        done(options, { authSetting: { 'scope.userLocation': this.position !== undefined } }),
      getPrivacySetting: (options: Answering) => done(options, { needAuthorization: this.asksForPrivacy }),
      getLocation: (options: Answering) => {
        this.located += 1;
        done(options, this.position);
      },
      login: (options: Answering) => done(options, { code: this.loginCode }),
      requestSubscribeMessage: (options: Answering & { tmplIds: string[] }) => {
        if (!this.inTap) {
          this.consentsAsked.outside += 1;
          const errMsg = 'requestSubscribeMessage:fail can only be invoked by user TAP gesture.';
          return options.fail?.({ errMsg });
        }
        this.consentsAsked.within += 1;
        void Promise.resolve(this.consents()).then((given) =>
          done(options, Object.fromEntries(options.tmplIds.map((id) => [id, given ? 'accept' : 'reject']))),
        );
      },
      getStorageSync: (key: string) => this.storage.get(key) ?? '',
      setStorageSync: (key: string, value: string) => {
        const others = [...this.storage].reduce((sum, [name, kept]) => sum + (name === key ? 0 : kept.length), 0);
        if (value.length > MOST_OF_A_KEY || others + value.length > this.room)
          throw new Error('setStorageSync:fail exceed storage max size');
        this.storage.set(key, value);
      },
      removeStorageSync: (key: string) => this.storage.delete(key),
      getStorageInfoSync: () => ({ keys: [...this.storage.keys()] }),
      getAppBaseInfo: () => ({ fontSizeSetting: this.fontSizeSetting, language: 'zh_CN', SDKVersion: '3.9.0' }),
      getSystemInfoSync: () => ({ platform: 'ios', SDKVersion: '3.9.0', windowWidth: 390, windowHeight: 844 }),
      getWindowInfo: () => ({ windowWidth: 390, windowHeight: 844, pixelRatio: 3 }),
      getLaunchOptionsSync: () => ({ path: '', query: {}, scene: 1001 }),
      getEnterOptionsSync: () => ({ path: '', query: {}, scene: 1001 }),
      canIUse: () => true,
      nextTick: (run: () => void) => setTimeout(run, 0),
      setNavigationBarTitle: (options: Answering) => done(options),
      getNetworkType: (options: Answering) => done(options, { networkType: 'wifi' }),
      onNetworkStatusChange: (listener: (state: object) => void) => this.networkListeners.push(listener),
      navigateTo: go('navigateTo', () => 0),
      redirectTo: go('redirectTo', () => 1),
      reLaunch: go('reLaunch', () => this.stack.length),
      switchTab: go('switchTab', () => this.stack.length),
      navigateBack: (options: Answering) => {
        this.went.push('back');
        this.close(1);
        this.call(this.page, 'onShow');
        done(options);
      },
    };
  }

  private player(): Data {
    if (this.mute) throw new Error('createInnerAudioContext:fail');
    const player = {
      src: '',
      loop: false,
      onError: () => undefined,
      onPlay: () => undefined,
      play: () => {
        if (!this.files.has(player.src)) throw new Error(`there is no ${player.src} to play`);
        this.playing = player.src;
      },
      stop: () => {
        this.playing = undefined;
      },
    };
    return player;
  }

  /** The phone loses or finds its connection, and WeChat tells the app. */
  connect(isConnected: boolean): void {
    this.api.connect?.(isConnected);
    for (const listener of this.networkListeners) listener({ isConnected, networkType: isConnected ? 'wifi' : 'none' });
  }
}

import { act, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { FunctionComponent } from 'react';
import { afterEach, vi } from 'vitest';
import { clock } from '../../../miniprogram/src/services/clock.ts';
import { keepSession } from '../../../miniprogram/src/services/session.ts';
import type { AlertDetail, AlertView } from '../../../shared/contracts/alerts.ts';
import type { Person } from '../../../shared/contracts/people.ts';
import { toInstant } from '../../../shared/values/dates.ts';
import { createFakeApi, type Handlers, refused } from './fake-api.ts';
import { aBoard, aSession, NOW } from './sample.ts';
import { stage } from './taro.ts';

export const DISPATCHER_ID = '55555555-5555-4555-8555-555555555555';
export const dispatcher: Person = { personId: DISPATCHER_ID, name: '赵敏', role: 'dispatcher', area: '130102' };
export const gridWorker: Person = {
  personId: '66666666-6666-4666-8666-666666666666',
  name: '李强',
  role: 'grid-worker',
  area: '130102001001001',
};

/** The n-th alert's id. */
export const alertIdOf = (n: number): string => `aaaaaaaa-0000-4000-8000-${String(n).padStart(12, '0')}`;
/** `seconds` before the tests' clock. */
export const ago = (seconds: number): string => toInstant(Date.parse(NOW) - seconds * 1000);
export const ahead = (seconds: number): string => ago(-seconds);

/** An alert that nobody has answered, raised ten seconds ago. */
export const anAlert = (n: number, change: Partial<AlertView> = {}): AlertView => ({
  alertId: alertIdOf(n),
  elderId: `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`,
  name: `老人${n}`,
  age: 82,
  phone: '13800001234',
  address: '和平里 3 号楼 2 单元 501',
  area: '130102001001001',
  source: 'key',
  state: 'calling',
  drill: false,
  unverified: false,
  raisedAt: ago(10),
  waitingSince: change.raisedAt ?? ago(10),
  nextWaveAt: ahead(20),
  wave: 1,
  presses: 1,
  contacts: [
    { name: '王小梅', callee: 'family', relation: '女儿', phone: '13900005678' },
    { name: '刘大姐', callee: 'neighbours', relation: '楼下邻居', phone: '13700009999' },
  ],
  rev: 1,
  ...change,
});

/** The alert as somebody has taken it. */
export function taken(alert: AlertView, by: Person, change: Partial<AlertView> = {}): AlertView {
  const { waitingSince: _, nextWaveAt: __, ...rest } = alert;
  return {
    ...rest,
    state: 'acknowledged',
    owner: { personId: by.personId, name: by.name, role: by.role },
    answeredAt: NOW,
    nextStepBy: ahead(130),
    rev: alert.rev + 1,
    ...change,
  };
}

export const detailOf = (alert: AlertView, change: Partial<AlertDetail> = {}): AlertDetail => ({
  alert,
  timeline: [
    { stepId: 's1', at: alert.raisedAt, kind: 'raised', by: { role: 'device' } },
    { stepId: 's2', at: alert.raisedAt, kind: 'wave', by: { role: 'system' }, wave: 1 },
  ],
  deliveries: [],
  evidence: [],
  ...change,
});

/** The browser's WebAudio: whether the ring can be heard now. `blocked` until a touch, as browsers are. */
export class FakeAudio {
  static blocked = false;
  /** Somebody has touched the page. */
  static touched = false;
  static ringing = 0;
  get state(): 'running' | 'suspended' {
    return FakeAudio.blocked ? 'suspended' : 'running';
  }
  sampleRate = 8000;
  destination = {};
  onstatechange: (() => void) | undefined;
  async resume(): Promise<void> {
    FakeAudio.blocked = FakeAudio.blocked && !FakeAudio.touched;
    this.onstatechange?.();
  }
  createBuffer(_channels: number, length: number) {
    return { getChannelData: () => new Float32Array(length) };
  }
  createBufferSource() {
    return {
      connect: () => undefined,
      disconnect: () => undefined,
      start: () => {
        FakeAudio.ringing += 1;
      },
      stop: () => {
        FakeAudio.ringing -= 1;
      },
    };
  }
}

export const isRinging = (): boolean => FakeAudio.ringing > 0;

interface DutyOptions {
  readonly person?: Person;
  readonly alerts?: readonly AlertView[];
  readonly params?: Record<string, string>;
  readonly handlers?: Handlers;
  /** In CSS pixels. */
  readonly width?: number;
}

const WIDE = 1440;
export const PHONE = 390;

/** Opens a page as somebody on duty, with a server that holds the alerts, and a clock that the test moves. */
export async function showDuty(Page: FunctionComponent, options: DutyOptions = {}) {
  const { person = dispatcher, params = {}, handlers = {}, width = WIDE } = options;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  vi.setSystemTime(Date.parse(NOW));
  // The testing library moves faked clocks on only where it finds them under this name.
  vi.stubGlobal('jest', { advanceTimersByTime: (ms: number) => vi.advanceTimersByTime(ms) });
  vi.stubGlobal('AudioContext', FakeAudio);
  clock.now = () => Date.now();
  (window as unknown as { happyDOM: { setViewport(size: { width: number }): void } }).happyDOM.setViewport({ width });
  const server = { alerts: [...(options.alerts ?? [])] };
  const find = (alertId: string | undefined) => server.alerts.find((one) => one.alertId === alertId);
  const put = (alert: AlertView): AlertView => {
    server.alerts = server.alerts.map((one) => (one.alertId === alert.alertId ? alert : one));
    return alert;
  };
  const isOpen = ({ state }: AlertView) => state !== 'resolved' && state !== 'false-alarm';
  const api = createFakeApi({
    alertBoard: () => aBoard(toInstant(Date.now()), server.alerts.filter(isOpen)),
    getAlert: ({ params: { alertId } }) => {
      const alert = find(alertId);
      return alert === undefined ? refused('not-found') : detailOf(alert);
    },
    acknowledgeAlert: ({ params: { alertId } }) => {
      const alert = find(alertId);
      if (alert === undefined) return refused('not-found');
      return alert.state === 'calling' ? put(taken(alert, person)) : refused('alert-owned');
    },
    listCanteens: () => ({ canteens: [] }),
    ...handlers,
  });
  stage.api = api;
  stage.params = params;
  keepSession(aSession('token-duty', person));
  const user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
  const shown = render(<Page />);
  /** Lets time go by, for pages and server alike. */
  const pass = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1000));
  await pass(0.1);
  return { ...shown, user, api, server, put, pass, went: () => stage.went.at(-1) };
}

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  FakeAudio.blocked = false;
  FakeAudio.touched = false;
  FakeAudio.ringing = 0;
});

import { afterEach, describe, expect, it } from 'vitest';
import type { AlertView } from '../../shared/contracts/alerts.ts';
import { createFakeApi } from '../component/support/fake-api.ts';
import { aBoard, aSession, NOW } from '../component/support/sample.ts';
import { eventually, type Phone, WeChat } from './support/wechat.ts';

const BUNDLE = 'miniprogram/dist/weapp';
const ALERT_ID = 'aaaaaaaa-0000-4000-8000-000000000001';
const gridWorker = {
  personId: '66666666-6666-4666-8666-666666666666',
  name: '李强',
  role: 'grid-worker',
  area: '130102001001001',
} as const;

const calling: AlertView = {
  alertId: ALERT_ID,
  elderId: 'bbbbbbbb-0000-4000-8000-000000000001',
  name: '王建国',
  age: 82,
  phone: '13800001234',
  address: '和平里 3 号楼 2 单元 501',
  area: gridWorker.area,
  source: 'key',
  state: 'calling',
  drill: false,
  unverified: false,
  raisedAt: NOW,
  waitingSince: NOW,
  wave: 1,
  presses: 1,
  contacts: [{ name: '王小梅', callee: 'family', relation: '女儿', phone: '13900005678' }],
  rev: 1,
};

/** The app of a grid worker who signed in days ago, with one alert on the server. */
function onDuty(options: Phone = {}) {
  let alert = calling;
  const { area: _, ...owner } = gridWorker;
  const step = (change: Partial<AlertView>) => {
    const { waitingSince: __, ...rest } = alert;
    alert = { ...rest, ...change, rev: alert.rev + 1 };
    return alert;
  };
  const api = createFakeApi({
    alertBoard: () => aBoard(NOW, alert.state === 'resolved' ? [] : [alert]),
    getAlert: () => ({ alert, timeline: [], deliveries: [], evidence: [] }),
    acknowledgeAlert: () => step({ state: 'acknowledged', owner, answeredAt: NOW }),
    noteOnAlert: () => step({}),
    arriveAtAlert: () => step({ state: 'arrived' }),
    resolveAlert: ({ body }) => step({ state: 'resolved', outcome: body.outcome, closedAt: NOW }),
    myInbox: () => ({ at: NOW, entries: [], unread: 0 }),
  });
  const storage = new Map([['anxin:session', JSON.stringify(aSession('token-duty', gridWorker))]]);
  return { api, phone: new WeChat(BUNDLE, api, { now: NOW, storage, ...options }) };
}

let api: ReturnType<typeof onDuty>['api'] | undefined;
// The watch asks for ever: the phone is switched off after each test.
afterEach(() => api?.connect(false));

describe('on duty, in WeChat', () => {
  it('opens on the board, takes an alert with one tap, phones, and closes it', async () => {
    const duty = onDuty();
    api = duty.api;
    const { phone } = duty;
    await phone.launch();
    await phone.sees('1 个求助，1 个没人接');
    expect(phone.page.route).toBe('packages/duty/board/index');
    await phone.tap('button', '接警：王建国');
    await eventually(() => expect(phone.page.route).toBe('packages/duty/alert/index'));
    await phone.sees('您在处理');
    await phone.tap('button', '打电话给王小梅 13900005678');
    expect(phone.dialled).toEqual(['13900005678']);
    await phone.tap('button', '家属在路上');
    await phone.sees('已记下：家属在路上');
    await phone.tap('button', '已经到了');
    await phone.sees('已到现场');
    await phone.tap('button', '处理完了');
    await phone.tap('radio', '在家处理好了');
    await phone.type('写清楚', '扶起来了，没有受伤');
    await phone.tap('button', '结束这次求助');
    await phone.sees('已经处理完毕');
    expect(api.asked.find(({ name }) => name === 'resolveAlert')?.body).toMatchObject({ outcome: 'helped-at-home' });
  });

  it('rings, by a file of its own, until the alert is taken', async () => {
    const duty = onDuty();
    api = duty.api;
    const { phone } = duty;
    await phone.launch();
    await phone.sees('王建国');
    expect(phone.playing).toBe('wxfile://usr/ring.wav');
    const wav = new Uint8Array(phone.files.get('wxfile://usr/ring.wav') ?? new ArrayBuffer(0));
    expect(String.fromCharCode(...wav.slice(0, 4), ...wav.slice(8, 12))).toBe('RIFFWAVE');
    // Two seconds of 8 bit at 8 kHz, and something in it besides silence.
    expect(wav.length).toBe(44 + 16_000);
    expect(Math.max(...wav.slice(44))).toBeGreaterThan(180);
    await phone.tap('button', '接警：王建国');
    await eventually(() => expect(phone.playing).toBeUndefined());
  });

  it('says so where the phone cannot ring, and shows the alert all the same', async () => {
    const duty = onDuty({ mute: true });
    api = duty.api;
    await duty.phone.launch();
    await duty.phone.sees('这台设备不能响铃');
    await duty.phone.sees('王建国');
  });

  it('says when the connection is lost, with the alert still in sight, and when it is back', async () => {
    const duty = onDuty();
    api = duty.api;
    const { phone } = duty;
    await phone.launch();
    await phone.sees('王建国');
    api.connect(false);
    await phone.sees('连不上值守系统');
    expect(phone.text()).toContain('王建国');
    api.connect(true);
    await phone.sees('连上了');
  });
});

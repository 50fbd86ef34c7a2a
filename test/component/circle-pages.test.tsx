import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import AlertsPage from '../../miniprogram/src/packages/family/alerts/index.tsx';
import DevicesPage from '../../miniprogram/src/packages/family/devices/index.tsx';
import ElderPage from '../../miniprogram/src/packages/family/elder/index.tsx';
import HealthNotesPage from '../../miniprogram/src/packages/family/health-notes/index.tsx';
import InboxPage from '../../miniprogram/src/packages/family/inbox/index.tsx';
import HomePage from '../../miniprogram/src/pages/home/index.tsx';
import MePage from '../../miniprogram/src/pages/me/index.tsx';
import { keepSession } from '../../miniprogram/src/services/session.ts';
import type { InboxEntry } from '../../shared/contracts/alerts.ts';
import { ALERT_ID, aContact, aDetail, aDevice, anAlert, later } from './support/alerts.ts';
import { refused } from './support/fake-api.ts';
import { anElder, aSession, DAUGHTER_ID, daughter, ELDER_ID, NOW } from './support/sample.ts';
import { showPage } from './support/show-page.tsx';
import { smallTown } from './support/small-town.ts';

const params = { elderId: ELDER_ID };
const _names = () => screen.getAllByRole('group').map((one) => one.getAttribute('aria-label'));
/** A bound member of the family as the API lists them: called after those who were written by hand, with a masked number. */
const _boundDaughter = aContact(9, {
  contactId: DAUGHTER_ID,
  personId: DAUGHTER_ID,
  kind: 'family',
  name: '王小梅',
  relation: undefined,
  phone: '139****0001',
  order: 99,
});

describe('the page of an elder', () => {
  it('leads to contacts, health notes, devices and earlier alerts', async () => {
    const { user, went } = showPage(ElderPage, { params });
    for (const [name, page] of [
      ['紧急联系人', 'contacts'],
      ['急救卡', 'health-notes'],
      ['一键通和设备', 'devices'],
      ['以前的求助', 'alerts'],
    ] as const) {
      await user.click(await screen.findByRole('button', { name }));
      expect(went()).toBe(`navigateTo /packages/family/${page}/index?elderId=${ELDER_ID}`);
    }
  });

  it('offers none of it for somebody who has died', async () => {
    showPage(ElderPage, { params, town: smallTown({ elders: [anElder({ diedOn: '2026-11-20' })] }) });
    await screen.findByRole('button', { name: '同意与撤回' });
    expect(screen.queryByRole('button', { name: '紧急联系人' })).toBeNull();
  });
});

describe('where the phone is', () => {
  const elderHimself = { ...daughter, role: 'elder', elderId: ELDER_ID } as const;

  it.each([
    ['given', '求助时会带上位置。'],
    ['refused', '没有允许。以后可以在手机设置里打开。'],
  ])('is asked of the elder beforehand, and says when it was %s', async (answer, said) => {
    vi.stubGlobal('navigator', {
      permissions: { query: async () => ({ state: 'prompt' }) },
      geolocation: {
        getCurrentPosition: (yes: (found: object) => void, no: () => void) =>
          answer === 'given' ? yes({ coords: { longitude: 114.5, latitude: 38, accuracy: 20 } }) : no(),
      },
    });
    keepSession(aSession('token-1', elderHimself));
    showPage(MePage, { town: smallTown({ person: elderHimself }), signedIn: false });
    fireEvent.click(await screen.findByRole('button', { name: '允许带上位置' }));
    expect(await screen.findByText(said)).toBeTruthy();
    vi.unstubAllGlobals();
  });

  it('is not asked of the family: where a daughter presses says nothing of where her father lies', async () => {
    showPage(MePage);
    await screen.findByRole('button', { name: /消息/ });
    expect(screen.queryByText('求助时带上位置')).toBeNull();
  });
});

describe('health notes', () => {
  it('are written in parts, each as one line, and say that they are saved', async () => {
    const town = smallTown();
    const { user } = showPage(HealthNotesPage, { town, params });
    fireEvent.change(await screen.findByLabelText('有什么病'), { target: { value: ' 高血压\n装过支架 ' } });
    await user.click(screen.getByRole('radio', { name: 'O 型' }));
    expect(screen.getByText('有改动还没保存。')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: '保存急救卡' }));
    expect(await screen.findByText('已保存')).toBeTruthy();
    expect(town.state.alerts.notes).toEqual({ conditions: '高血压 装过支架', bloodType: 'O' });
    expect(screen.queryByText('有改动还没保存。')).toBeNull();
  });

  it('keep what was typed when they could not be saved', async () => {
    const town = smallTown();
    town.state.alerts.notes = { medicines: '阿司匹林' };
    town.api.handlers.putHealthNotes = () => refused('busy');
    const first = showPage(HealthNotesPage, { town, params });
    await first.user.type(await screen.findByLabelText('对什么过敏'), '青霉素');
    await first.user.click(screen.getByRole('button', { name: '保存急救卡' }));
    expect((await screen.findByRole('alert')).textContent).toContain('没有保存');
    first.unmount();
    showPage(HealthNotesPage, { town, params });
    expect((await screen.findByLabelText('对什么过敏')) as HTMLTextAreaElement).toMatchObject({ value: '青霉素' });
    expect((screen.getByLabelText('在吃什么药') as HTMLTextAreaElement).value).toBe('阿司匹林');
  });
});

describe('devices', () => {
  it('say where they are, when they were last heard and how much power they have, in words', async () => {
    const town = smallTown();
    town.state.alerts.devices = [
      aDevice(),
      aDevice({
        deviceId: '66666666-6666-4666-8666-666666666667',
        kind: 'wristband',
        place: undefined,
        lastHeardAt: later(-3 * 86_400),
        batteryPercent: 8,
        silentSince: later(-86_400),
      }),
    ];
    showPage(DevicesPage, { town, params });
    const key = await screen.findByRole('group', { name: '一键通' });
    for (const words of ['正常', '床头', '20 分前', '80%']) expect(key.textContent).toContain(words);
    const band = screen.getByRole('group', { name: '手环' });
    for (const words of ['没有动静', '8%，快没电了', '3 天前']) expect(band.textContent).toContain(words);
  });

  it('are tried for ten minutes, in which a press is a drill', async () => {
    const town = smallTown();
    town.state.alerts.devices = [aDevice()];
    const { user } = showPage(DevicesPage, { town, params });
    await user.click(await screen.findByRole('button', { name: '试一试一键通' }));
    expect(screen.getByText(/只算演练：会通知人/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: '开始试' }));
    expect(await screen.findByText('现在可以按了，10:10前按下都只算演练')).toBeTruthy();
    expect(town.api.times('testDevice')).toBe(1);
  });

  it('say whom to ask while there is none', async () => {
    showPage(DevicesPage, { params });
    expect(await screen.findByText(/请告诉社区工作人员/)).toBeTruthy();
  });
});

describe('messages', () => {
  const entry = (n: number, change: Partial<InboxEntry> = {}): InboxEntry => ({
    entryId: `entry-${n}`,
    alertId: ALERT_ID,
    at: later(-60 * n),
    kind: 'wave',
    text: { zh: `王建国求助 ${n}`, en: `Help ${n}` },
    drill: false,
    ...change,
  });

  it('are counted on the first page, read with a tap, and open what they are about', async () => {
    const town = smallTown();
    town.state.alerts.inbox = [entry(1), entry(2, { readAt: NOW, drill: true })];
    const home = showPage(HomePage, { town });
    expect(await screen.findByRole('button', { name: '消息（1 条没看）' })).toBeTruthy();
    home.unmount();
    const { user, went } = showPage(InboxPage, { town });
    const cards = await screen.findAllByRole('button', { name: /王建国求助 \d/ });
    expect(cards.map((one) => /没看过/.test(one.textContent ?? ''))).toEqual([true, false]);
    expect(cards[1]?.textContent).toContain('演练');
    await user.click(cards[0] as HTMLElement);
    expect(went()).toBe(`navigateTo /packages/family/alert/index?alertId=${ALERT_ID}`);
    await waitFor(() => expect(town.state.alerts.inbox[0]?.readAt).toBe(NOW));
  });

  it('are all marked as read with one tap', async () => {
    const town = smallTown();
    town.state.alerts.inbox = [entry(1), entry(2), entry(3)];
    const { user } = showPage(InboxPage, { town });
    await user.click(await screen.findByRole('button', { name: '都标成看过' }));
    await waitFor(() => expect(screen.queryByText('没看过')).toBeNull());
    expect(town.api.times('readInboxEntry')).toBe(3);
  });

  it('say what will stand there while there is none', async () => {
    showPage(InboxPage);
    expect(await screen.findByText('还没有消息')).toBeTruthy();
  });
});

describe('earlier alerts', () => {
  it('say how each ended, and open it', async () => {
    const town = smallTown();
    const alert = anAlert({
      state: 'resolved',
      outcome: 'hospital',
      source: 'key',
      raisedAt: '2026-11-29T02:00:00.000Z',
      answeredAt: '2026-11-29T02:00:45.000Z',
    });
    town.state.alerts.details = [aDetail({ alert })];
    const { user, went } = showPage(AlertsPage, { town, params });
    const card = await screen.findByRole('button', { name: /一键通按的/ });
    for (const words of ['昨天（周日）10:00', '处理好了', '45 秒有人接', '送医院了']) {
      expect(card.textContent).toContain(words);
    }
    await user.click(card);
    expect(went()).toBe(`navigateTo /packages/family/alert/index?alertId=${ALERT_ID}`);
    await act(async () => undefined);
  });
});

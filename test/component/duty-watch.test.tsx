import { act, render, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import BoardPage from '../../miniprogram/src/packages/duty/board/index.tsx';
import { sessionStore } from '../../miniprogram/src/services/session.ts';
import type { AlertView } from '../../shared/contracts/alerts.ts';
import { ago, ahead, anAlert, FakeAudio, isRinging, showDuty } from './support/duty-desk.tsx';
import { aBoard } from './support/sample.ts';

const row = (name: string) => within(screen.getByRole('list', { name: '求助' })).getByRole('listitem', { name });

describe('the connection', () => {
  it('is said to be lost within three seconds, since when, and what to do; the alerts stay in sight', async () => {
    const { api, pass } = await showDuty(BoardPage, { alerts: [anAlert(1)] });
    await pass(1);
    api.connect(false);
    await pass(3);
    expect(screen.getByText(/连不上值守系统，10:00:01 起，已 3 秒/)).toBeTruthy();
    expect(screen.getByText(/照里面的号码打给老人和联系人；情况紧急打 120/)).toBeTruthy();
    expect(within(row('老人1')).getByText('已等 14 秒')).toBeTruthy();
    expect(screen.getByText('13900005678')).toBeTruthy();
  });

  it('is said to be lost where questions hang without an answer', async () => {
    let hangs = false;
    const { pass } = await showDuty(BoardPage, {
      handlers: {
        alertBoard: () => (hangs ? new Promise(() => undefined) : aBoard(ahead(0), [])),
      },
    });
    hangs = true;
    await pass(4);
    expect(screen.getByText(/连不上值守系统/)).toBeTruthy();
  });

  it('is not said to be lost over one answer that fails', async () => {
    let fails = 1;
    const { pass } = await showDuty(BoardPage, {
      handlers: { alertBoard: () => (fails-- === 0 ? 'no-answer' : aBoard(ahead(0), [])) },
    });
    for (let second = 0; second < 5; second += 1) {
      await pass(1);
      expect(screen.queryByText(/连不上值守系统/)).toBeNull();
    }
  });

  it('keeps trying, and says when it is back, with what was raised meanwhile', async () => {
    const { api, server, pass } = await showDuty(BoardPage);
    api.connect(false);
    await pass(30);
    server.alerts.push(anAlert(1));
    api.connect(true);
    await pass(2);
    expect(screen.queryByText(/连不上值守系统/)).toBeNull();
    expect(screen.getByText(/^连上了，断开了 3\d 秒$/)).toBeTruthy();
    expect(row('老人1')).toBeTruthy();
  });

  it('starts without a connection with what was last known, says so, and does not ring for it', async () => {
    const first = await showDuty(BoardPage, { alerts: [anAlert(1)] });
    await first.pass(1);
    first.unmount();
    const session = sessionStore.get();
    act(() => sessionStore.set(null));
    first.api.connect(false);
    act(() => sessionStore.set(session));
    const again = render(<BoardPage />);
    await first.pass(3);
    expect(again.getByText(/这是上次打开时记下的内容/)).toBeTruthy();
    expect(again.getByText('13900005678')).toBeTruthy();
    expect(isRinging()).toBe(false);
  });
});

describe('the ring', () => {
  const two = (): AlertView[] => [anAlert(1, { raisedAt: ago(20) }), anAlert(2, { raisedAt: ago(10) })];

  it('sounds as long as somebody waits, and no longer', async () => {
    const { user, pass } = await showDuty(BoardPage, { alerts: [anAlert(1)] });
    expect(isRinging()).toBe(true);
    await user.click(within(row('老人1')).getByRole('button', { name: '接警：老人1' }));
    await pass(0.1);
    expect(isRinging()).toBe(false);
  });

  it('is muted for one alert at a time', async () => {
    const { user } = await showDuty(BoardPage, { alerts: two() });
    await user.click(within(row('老人1')).getByRole('button', { name: '这一个静音：老人1' }));
    expect(isRinging()).toBe(true);
    await user.click(within(row('老人2')).getByRole('button', { name: '这一个静音：老人2' }));
    expect(isRinging()).toBe(false);
    expect(within(row('老人2')).getByText(/这一个已静音/)).toBeTruthy();
  });

  it('comes back with the next wave, with an opening again, and with another alert', async () => {
    const alert = anAlert(1);
    const { user, put, server, pass } = await showDuty(BoardPage, { alerts: [alert] });
    const mute = () => user.click(within(row('老人1')).getByRole('button', { name: '这一个静音：老人1' }));
    await mute();
    expect(isRinging()).toBe(false);
    put({ ...alert, wave: 2, rev: 2 });
    await pass(1);
    expect(isRinging()).toBe(true);
    await mute();
    put({ ...alert, wave: 2, waitingSince: ahead(1), rev: 3 });
    await pass(1);
    expect(isRinging()).toBe(true);
    await mute();
    expect(isRinging()).toBe(false);
    server.alerts.push(anAlert(2));
    await pass(1);
    expect(isRinging()).toBe(true);
  });

  it('is asked for with a touch where the browser blocks it', async () => {
    FakeAudio.blocked = true;
    const { user, pass } = await showDuty(BoardPage, { alerts: [anAlert(1)] });
    expect(screen.getByText('铃声还没打开')).toBeTruthy();
    FakeAudio.touched = true;
    await user.click(screen.getByRole('button', { name: '点一下打开铃声' }));
    await pass(0.1);
    expect(screen.queryByText('铃声还没打开')).toBeNull();
  });

  it('is said to be missing where the device fails to sound, and the board goes on', async () => {
    const fails = vi.spyOn(FakeAudio.prototype, 'createBufferSource').mockImplementation(() => {
      throw new Error('no sound card');
    });
    const { server, pass } = await showDuty(BoardPage, { alerts: [anAlert(1)] });
    expect(screen.getByText('这台设备不能响铃')).toBeTruthy();
    server.alerts.push(anAlert(2));
    await pass(2);
    expect(row('老人2')).toBeTruthy();
    fails.mockRestore();
  });

  it('is in the title of the window too', async () => {
    const { pass } = await showDuty(BoardPage, { alerts: two() });
    const titles = new Set<string>();
    for (let second = 0; second < 3; second += 1) {
      await pass(1);
      titles.add(document.title.slice(0, 5));
    }
    expect([...titles].some((title) => title.startsWith('🔔(2)'))).toBe(true);
    expect(titles.size).toBe(2);
  });

  it('ends with the session', async () => {
    await showDuty(BoardPage, { alerts: [anAlert(1)] });
    act(() => sessionStore.set(null));
    expect(isRinging()).toBe(false);
  });
});

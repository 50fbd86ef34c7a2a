import { act, fireEvent, screen } from '@testing-library/react';
import type { ReactElement } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PageFrame } from '../../miniprogram/src/components/page-frame.tsx';
import HomePage from '../../miniprogram/src/pages/home/index.tsx';
import SignInPage from '../../miniprogram/src/pages/sign-in/index.tsx';
import SosPage from '../../miniprogram/src/pages/sos/index.tsx';
import { sos } from '../../miniprogram/src/services/api.ts';
import { chooseElder } from '../../miniprogram/src/services/chosen-elder.ts';
import { dropSession, expireSession, keepSession } from '../../miniprogram/src/services/session.ts';
import { keepSosElders } from '../../miniprogram/src/services/sos-pass.ts';
import type { Person } from '../../shared/contracts/people.ts';
import { refused } from './support/fake-api.ts';
import { anElder, aSession, daughter, ELDER_ID, NOW } from './support/sample.ts';
import { showPage } from './support/show-page.tsx';
import { smallTown } from './support/small-town.ts';
import { stage } from './support/taro.ts';

const mother = anElder({ elderId: '99999999-9999-4999-8999-999999999999', name: '刘桂英' });
const elderHerself: Person = { personId: daughter.personId, name: '王建国', role: 'elder', elderId: ELDER_ID };

/** A town whose alerts are taken, with what was raised. */
function aTown(options: Parameters<typeof smallTown>[0] = {}) {
  const town = smallTown(options);
  town.api.handlers.raiseAlert = ({ params }) => ({
    alertId: params.alertId,
    receivedAt: NOW,
    stored: true,
    published: true,
  });
  return { ...town, raised: () => town.api.asked.filter((one) => one.name === 'raiseAlert') };
}

const button = () => screen.getByRole('button', { name: /求助.*按住 2 秒/ });
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
async function hold(ms: number) {
  fireEvent.pointerDown(button(), { button: 0 });
  await pass(ms);
}
function letGo() {
  fireEvent.pointerUp(button());
  // The browser sends a click after every letting go.
  fireEvent.click(button());
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the emergency button', () => {
  it('raises after two seconds of holding, with a countdown in words, and opens the calm page', async () => {
    const town = aTown();
    const { went } = showPage(HomePage, { town });
    await pass(0);
    await hold(300);
    expect(screen.getByText('松开就停')).toBeTruthy();
    expect(screen.getByText('再按 2 秒，替王建国求助')).toBeTruthy();
    await pass(1000);
    expect(screen.getByText('再按 1 秒，替王建国求助')).toBeTruthy();
    expect(town.raised()).toEqual([]);
    await pass(800);
    expect(town.raised()).toMatchObject([{ body: { elderId: ELDER_ID, source: 'app' }, token: 'token-1' }]);
    const { alertId } = town.raised()[0]?.params ?? {};
    expect(went()).toBe(`navigateTo /packages/family/alert/index?alertId=${alertId}`);
    letGo();
    await pass(1000);
    expect(went()).toContain('/packages/family/alert');
    expect(town.raised()).toHaveLength(1);
  });

  it('raises nothing when it is let go, says so, and does not take that for a tap', async () => {
    const town = aTown();
    const { went } = showPage(HomePage, { town });
    await pass(0);
    await hold(1900);
    letGo();
    await pass(0);
    expect(screen.getByText('已停下，没有求助。')).toBeTruthy();
    await pass(5000);
    expect(town.raised()).toEqual([]);
    expect(went()).toBeUndefined();
  });

  it('leads with a tap, a key or a screen reader to a page that asks', async () => {
    const town = aTown();
    const { went } = showPage(HomePage, { town });
    await pass(0);
    fireEvent.click(button());
    expect(went()).toBe('navigateTo /pages/sos/index');
    await hold(200);
    letGo();
    expect(stage.went).toHaveLength(2);
    expect(town.raised()).toEqual([]);
  });

  it('stands on the sign-in page and sends the old token when the session has run out, without asking for a new one', async () => {
    const town = aTown();
    keepSession(aSession('old-token'));
    keepSosElders(daughter.personId, [anElder()]);
    expireSession();
    const { went } = showPage(SignInPage, { town, signedIn: false });
    await hold(2000);
    expect(town.raised()).toMatchObject([{ token: 'old-token', body: { elderId: ELDER_ID } }]);
    expect(town.api.asked.map((one) => one.name)).toEqual(['raiseAlert']);
    expect(went()).toContain('/packages/family/alert');
  });

  it('still works after signing out, for the same elders', async () => {
    const town = aTown();
    keepSession(aSession('token-1'));
    keepSosElders(daughter.personId, [anElder()]);
    dropSession();
    showPage(SignInPage, { town, signedIn: false });
    await hold(2000);
    expect(town.raised()).toMatchObject([{ token: 'token-1', body: { elderId: ELDER_ID } }]);
  });

  it('shows only phone numbers where nobody has ever signed in', async () => {
    const { went } = showPage(SignInPage, { signedIn: false });
    const phones = screen.getByRole('button', { name: /^紧急求助电话/ });
    fireEvent.click(phones);
    expect(went()).toBe('navigateTo /pages/sos/index');
    expect(screen.queryByRole('button', { name: /求助.*按住 2 秒/ })).toBeNull();
  });

  it('tells on every page how the call for help stands, and leads to it', async () => {
    const town = aTown();
    town.api.connect(false);
    const { went } = showPage(HomePage, { town });
    keepSosElders(daughter.personId, [anElder()]);
    await hold(2000);
    expect(screen.getByRole('button', { name: /还没有传出去，一直在试/ })).toBeTruthy();
    town.api.connect(true);
    await pass(3000);
    const line = screen.getByRole('button', { name: /求助已收到/ });
    fireEvent.click(line);
    expect(went()).toContain('/packages/family/alert');
    expect(new Set(town.raised().map((one) => one.params.alertId)).size).toBe(1);
  });

  it('is an elder’s own: no elder is named, the token says who', async () => {
    const town = aTown({ person: elderHerself });
    keepSession(aSession('token-e', elderHerself));
    showPage(HomePage, { town, signedIn: false });
    await hold(2000);
    expect(town.raised()).toMatchObject([{ token: 'token-e' }]);
    expect(town.raised()[0]?.body.elderId).toBeUndefined();
  });

  it('asks a family with several elders which one, the chosen one first, and raises with one tap', async () => {
    const town = aTown({ elders: [anElder(), mother] });
    chooseElder(mother.elderId);
    const home = showPage(HomePage, { town });
    await pass(0);
    await hold(2000);
    expect(home.went()).toBe('navigateTo /pages/sos/index');
    expect(town.raised()).toEqual([]);
    home.unmount();
    const { went } = showPage(SosPage, { town });
    const names = screen.getAllByRole('button', { name: /^替.+求助$/ }).map((one) => one.textContent);
    expect(names).toEqual(['替刘桂英求助', '替王建国求助']);
    fireEvent.click(screen.getByRole('button', { name: '替刘桂英求助' }));
    await pass(0);
    expect(town.raised()).toMatchObject([{ body: { elderId: mother.elderId } }]);
    expect(went()).toContain('redirectTo /packages/family/alert');
  });
});

describe('the emergency button of staff', () => {
  const cook: Person = {
    ...daughter,
    name: '徐师傅',
    role: 'canteen-staff',
    area: '130102001001',
    canteenId: 'heping',
  };
  const asStaff = (person: Person, page: () => ReactElement) => {
    const town = aTown({ person });
    keepSession(aSession('token-staff', person));
    showPage(page, { town, signedIn: false });
    return town;
  };

  it('calls the desk to where they are, for somebody whose name they need not know', async () => {
    const town = asStaff(cook, () => <PageFrame title="今天">x</PageFrame>);
    expect(button().textContent).toContain('这里有人出事，求助');
    await hold(2000);
    expect(town.raised()).toMatchObject([{ token: 'token-staff', body: { source: 'staff-call' } }]);
    expect(town.raised()[0]?.body.elderId).toBeUndefined();
  });

  it('raises for the elder who is open', async () => {
    const town = asStaff(cook, () => (
      <PageFrame title="王建国" sosFor={{ elderId: ELDER_ID, name: '王建国' }}>
        x
      </PageFrame>
    ));
    expect(button().textContent).toContain('替王建国求助');
    await hold(2000);
    expect(town.raised()).toMatchObject([{ body: { source: 'staff-call', elderId: ELDER_ID } }]);
  });

  it('does not stand on the desk itself, which hears every alert', () => {
    asStaff({ ...daughter, role: 'dispatcher', area: '1301' }, () => <PageFrame title="值守台">x</PageFrame>);
    expect(screen.queryByRole('button', { name: /求助/ })).toBeNull();
  });

  it('is not left behind on a shared desk after signing out', () => {
    keepSession(aSession('token-staff', cook));
    dropSession();
    showPage(SignInPage, { signedIn: false });
    expect(screen.getByRole('button', { name: /^紧急求助电话/ })).toBeTruthy();
  });
});

describe('the page that asks', () => {
  it('raises with one large button, and goes back with the other', async () => {
    const town = aTown();
    keepSession(aSession());
    keepSosElders(daughter.personId, [anElder()]);
    const { went } = showPage(SosPage, { town });
    expect(screen.getByRole('heading', { name: '要替王建国求助吗？' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: '不用，回去' }));
    expect(went()).toBe('back');
    expect(town.raised()).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: '是，替王建国求助' }));
    await pass(0);
    expect(town.raised()).toHaveLength(1);
  });

  it('says without a connection that it keeps trying, and offers the phone', async () => {
    const town = aTown();
    town.api.connect(false);
    keepSession(aSession());
    const press = sos.raise({ elderId: ELDER_ID, name: '王建国' });
    await pass(5000);
    showPage(SosPage, { town, params: { alertId: press?.alertId ?? '' } });
    expect(screen.getByRole('alert').textContent).toContain('手机会一直自动试');
    expect(screen.getByRole('button', { name: '打 120 急救' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: '不求助了，不再试' }));
    fireEvent.click(screen.getByRole('button', { name: '不，继续求助' }));
    expect(sos.presses.get()).toHaveLength(1);
    fireEvent.click(screen.getByRole('button', { name: '不求助了，不再试' }));
    fireEvent.click(screen.getByRole('button', { name: '是，不求助了' }));
    expect(sos.presses.get()).toEqual([]);
  });

  it('says that a refused call was refused, with the numbers to phone and the way to sign in', async () => {
    const town = aTown();
    town.api.handlers.raiseAlert = () => refused('unauthenticated');
    stage.api = town.api;
    keepSession(aSession());
    const press = sos.raise({ elderId: ELDER_ID, name: '王建国' });
    expireSession();
    await pass(0);
    const { went } = showPage(SosPage, { town, signedIn: false, params: { alertId: press?.alertId ?? '' } });
    expect(screen.getByRole('alert').textContent).toContain('求助没有被接受');
    fireEvent.click(screen.getByRole('button', { name: '登录' }));
    expect(went()).toBe('navigateTo /pages/sign-in/index');
  });

  it('offers the emergency numbers to a phone on which nobody has signed in', () => {
    showPage(SosPage, { signedIn: false });
    for (const name of ['打 120 急救', '打 119 火警', '打 110 报警']) {
      expect(screen.getByRole('button', { name })).toBeTruthy();
    }
    expect(screen.queryByRole('button', { name: /求助$/ })).toBeNull();
  });
});

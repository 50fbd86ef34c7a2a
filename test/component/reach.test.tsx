import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import BindPage from '../../miniprogram/src/packages/family/bind/index.tsx';
import ContactsPage from '../../miniprogram/src/packages/family/contacts/index.tsx';
import ReachPage from '../../miniprogram/src/packages/family/reach/index.tsx';
import HomePage from '../../miniprogram/src/pages/home/index.tsx';
import { sessionStore } from '../../miniprogram/src/services/session.ts';
import { UNNAMED } from '../../shared/contracts/people.ts';
import { aContact } from './support/alerts.ts';
import { DAUGHTER_ID, daughter, ELDER_ID } from './support/sample.ts';
import { showPage } from './support/show-page.tsx';
import { smallTown } from './support/small-town.ts';

const { phone: _, ...unreachable } = daughter;
const NOBODY_RINGS = '老人求助时，我们打不通您';

describe('whoever is bound and has no number', () => {
  it('is told on the first page, and led to where one is left', async () => {
    const { user, went } = showPage(HomePage, { town: smallTown({ person: unreachable }) });
    await screen.findByText(NOBODY_RINGS);
    await user.click(screen.getByRole('button', { name: '留手机号' }));
    expect(went()).toBe('navigateTo /packages/family/reach/index');
  });

  it('is not told who has one', async () => {
    showPage(HomePage, { town: smallTown({ person: { ...unreachable, phone: '13900000001' } }) });
    await screen.findByText('王建国');
    expect(screen.queryByText(NOBODY_RINGS)).toBeNull();
  });

  it('is not told who is bound to nobody yet', async () => {
    showPage(HomePage, { town: smallTown({ person: unreachable, elders: [] }) });
    await screen.findByText('还没有绑定老人');
    expect(screen.queryByText(NOBODY_RINGS)).toBeNull();
  });

  it('leaves one by the code that is sent to it, and sees that it is rung', async () => {
    const { user, town } = showPage(ReachPage, { town: smallTown({ person: unreachable }) });
    await user.type(await screen.findByLabelText('手机号'), '13911112222');
    await user.click(screen.getByRole('button', { name: '把验证码发给我' }));
    await user.type(await screen.findByLabelText('验证码'), '123456');
    await user.click(screen.getByRole('button', { name: '就用这个号码' }));
    await screen.findByText('求助时打 13911112222');
    expect(town.api.asked.at(-1)).toMatchObject({
      name: 'putOwnPhone',
      body: { by: 'text', phone: '13911112222', code: '123456' },
    });
    expect(sessionStore.get()?.person.phone).toBe('13911112222');
  });

  it('keeps what was typed when the code is wrong, and sees why', async () => {
    const { user } = showPage(ReachPage, { town: smallTown({ person: unreachable }) });
    await user.type(await screen.findByLabelText('手机号'), '13911112222');
    await user.click(screen.getByRole('button', { name: '把验证码发给我' }));
    await user.type(await screen.findByLabelText('验证码'), '000000');
    await user.click(screen.getByRole('button', { name: '就用这个号码' }));
    expect((await screen.findByRole('alert')).textContent).toContain('验证码不对');
    expect(screen.getByLabelText<HTMLInputElement>('手机号').value).toBe('13911112222');
  });

  it('is asked for a number of eleven digits before a code is sent', async () => {
    const { user, town } = showPage(ReachPage, { town: smallTown({ person: unreachable }) });
    await user.type(await screen.findByLabelText('手机号'), '139');
    await user.click(screen.getByRole('button', { name: '把验证码发给我' }));
    expect(town.api.times('askOwnPhone')).toBe(0);
  });
});

it('whoever has a number sees it, and can take another', async () => {
  const { user } = showPage(ReachPage, { town: smallTown({ person: { ...unreachable, phone: '13900000001' } }) });
  await screen.findByText('求助时打 13900000001');
  await user.click(screen.getByRole('button', { name: '换一个号码' }));
  await screen.findByLabelText('手机号');
});

it('whoever came by WeChat without a name is called as they bind', async () => {
  const town = smallTown({ person: { ...unreachable, name: UNNAMED } });
  const { user, went } = showPage(BindPage, { town });
  await user.type(screen.getByLabelText('绑定码'), '12345678');
  await user.type(screen.getByLabelText('您的名字'), '王小梅');
  await user.click(screen.getByRole('radio', { name: '女儿' }));
  await user.click(screen.getByRole('checkbox', { name: /办理养老服务/ }));
  await user.click(screen.getByRole('button', { name: '绑定' }));
  await waitFor(() => expect(went()).toBe('reLaunch /pages/home/index'));
  expect(town.state.person.name).toBe('王小梅');
  expect(sessionStore.get()?.person.name).toBe('王小梅');
});

describe('the contacts of an elder', () => {
  const bound = {
    contactId: DAUGHTER_ID,
    personId: DAUGHTER_ID,
    kind: 'family',
    name: '王小梅',
    phone: undefined,
  } as const;
  function shown(contacts: ReturnType<typeof aContact>[]) {
    const town = smallTown();
    town.state.alerts.contacts = contacts;
    return showPage(ContactsPage, { town, params: { elderId: ELDER_ID } });
  }

  it('say of each how they are reached', async () => {
    shown([aContact(1, { reach: ['voice', 'sms'] }), aContact(9, { ...bound, reach: ['wechat'] })]);
    await screen.findByText('求助时：打电话、发短信');
    screen.getByText('求助时：微信通知');
    expect(screen.queryByText('现在一个人也通知不到')).toBeNull();
  });

  it('say who cannot be reached, and lead the one whom it concerns to where that is mended', async () => {
    const { user, went } = shown([aContact(1, { reach: ['voice'] }), aContact(9, { ...bound, reach: [] })]);
    await screen.findByText('现在通知不到');
    await user.click(screen.getByRole('button', { name: '怎么通知我' }));
    expect(went()).toBe('navigateTo /packages/family/reach/index');
  });

  it('say that nobody can be reached', async () => {
    shown([aContact(9, { ...bound, reach: [] })]);
    await screen.findByText('现在一个人也通知不到');
  });

  it('say nothing of it where the server does not tell yet', async () => {
    shown([aContact(9, bound)]);
    await screen.findByRole('group', { name: '王小梅' });
    expect(screen.queryByText('现在通知不到')).toBeNull();
    expect(screen.queryByText('现在一个人也通知不到')).toBeNull();
  });
});

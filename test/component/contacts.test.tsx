import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import ContactPage from '../../miniprogram/src/packages/family/contact/index.tsx';
import ContactsPage from '../../miniprogram/src/packages/family/contacts/index.tsx';
import SosPage from '../../miniprogram/src/pages/sos/index.tsx';
import { keepSession } from '../../miniprogram/src/services/session.ts';
import { keepSosElders } from '../../miniprogram/src/services/sos-pass.ts';
import { aContact } from './support/alerts.ts';
import { refused } from './support/fake-api.ts';
import { anElder, aSession, DAUGHTER_ID, daughter, ELDER_ID } from './support/sample.ts';
import { showPage } from './support/show-page.tsx';
import { smallTown } from './support/small-town.ts';

const params = { elderId: ELDER_ID };
const names = () => screen.getAllByRole('group').map((one) => one.getAttribute('aria-label'));
/** A bound member of the family as the API lists them: called after those who were written by hand, with a masked number. */
const boundDaughter = aContact(9, {
  contactId: DAUGHTER_ID,
  personId: DAUGHTER_ID,
  kind: 'family',
  name: '王小梅',
  relation: undefined,
  phone: '139****0001',
  order: 99,
});

describe('emergency contacts', () => {
  const withTwo = () => {
    const town = smallTown();
    town.state.alerts.contacts = [aContact(1), aContact(2), boundDaughter];
    return town;
  };

  it('stand in the order in which they are called, the family with an account after them', async () => {
    showPage(ContactsPage, { town: withTwo(), params });
    await screen.findByRole('heading', { name: '1. 邻居1' });
    expect(names()).toEqual(['邻居1', '邻居2', '王小梅']);
    const bound = screen.getByRole('group', { name: '王小梅' });
    expect(within(bound).queryByRole('button', { name: /^改/ })).toBeNull();
  });

  it('change places with one tap', async () => {
    const town = withTwo();
    const { user } = showPage(ContactsPage, { town, params });
    await user.click(await screen.findByRole('button', { name: '把邻居2往前排' }));
    await screen.findByRole('heading', { name: '1. 邻居2' });
    expect(names()).toEqual(['邻居2', '邻居1', '王小梅']);
    expect(town.state.alerts.contacts.find((one) => one.name === '邻居2')).toMatchObject({
      phone: '13900000002',
      relation: '楼下',
    });
  });

  it('are tried: being told, then reached or not, in words', async () => {
    const town = withTwo();
    const { user } = showPage(ContactsPage, { town, params });
    await user.click(await screen.findByRole('button', { name: '试着通知邻居1' }));
    expect(await screen.findByText('10:00试过：正在通知…')).toBeTruthy();
    town.state.alerts.contacts = town.state.alerts.contacts.map((one) =>
      one.testResult ? { ...one, testResult: 'failed' } : one,
    );
    expect(await screen.findByText('10:00试过：没有通知到', {}, { timeout: 5000 })).toBeTruthy();
    expect(screen.getByText('请核对电话号码，再试一次。')).toBeTruthy();
  });

  it('say why a test was not sent', async () => {
    const town = withTwo();
    town.api.handlers.testContact = () => refused('too-many-attempts');
    const { user } = showPage(ContactsPage, { town, params });
    await user.click(await screen.findByRole('button', { name: '试着通知邻居1' }));
    expect((await screen.findByRole('alert')).textContent).toContain('试的次数太多');
  });

  it('say what to do while there is none', async () => {
    const { user, went } = showPage(ContactsPage, { params });
    expect(await screen.findByText(/请至少加一位住得近的人/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: '加一位联系人' }));
    expect(went()).toBe(`navigateTo /packages/family/contact/index?elderId=${ELDER_ID}`);
  });

  it('can be phoned from the page of the emergency button, also without a connection', async () => {
    const town = withTwo();
    const contacts = showPage(ContactsPage, { town, params });
    await screen.findByRole('heading', { name: '1. 邻居1' });
    contacts.unmount();
    town.api.connect(false);
    keepSosElders(daughter.personId, [anElder()]);
    showPage(SosPage, { town });
    const phones = screen.getAllByRole('button', { name: /^打/ }).map((one) => one.textContent);
    expect(phones).toEqual([
      '打电话给邻居1（邻居）',
      '打电话给邻居2（邻居）',
      '打 120 急救',
      '打 119 火警',
      '打 110 报警',
    ]);
  });

  it('are forgotten on a phone that somebody else signs in on', async () => {
    const town = withTwo();
    const contacts = showPage(ContactsPage, { town, params });
    await screen.findByRole('heading', { name: '1. 邻居1' });
    contacts.unmount();
    keepSession(aSession('other', { ...daughter, personId: '99999999-9999-4999-8999-999999999999' }));
    showPage(SosPage, { town, signedIn: false });
    expect(screen.queryByRole('button', { name: /邻居1/ })).toBeNull();
  });
});

describe('the form of a contact', () => {
  it('says what is missing, then adds the contact as the last to be called', async () => {
    const town = smallTown();
    town.state.alerts.contacts = [aContact(1)];
    const { user, went } = showPage(ContactPage, { town, params });
    const save = await screen.findByRole('button', { name: '保存' });
    await user.click(save);
    expect(screen.getByRole('alert').textContent).toContain('请选是什么人');
    await user.click(screen.getByRole('radio', { name: '邻居' }));
    await user.click(save);
    expect(screen.getByRole('alert').textContent).toContain('请填名字');
    await user.type(screen.getByLabelText('名字'), '刘婶');
    await user.type(screen.getByLabelText('手机号'), '1390000');
    await user.click(save);
    expect(screen.getByRole('alert').textContent).toContain('请填 11 位手机号');
    await user.type(screen.getByLabelText('手机号'), '0009');
    await user.click(save);
    await waitFor(() => expect(went()).toBe('back'));
    expect(town.state.alerts.contacts[1]).toMatchObject({
      kind: 'neighbour',
      name: '刘婶',
      phone: '13900000009',
      order: 2,
    });
    expect(town.state.alerts.contacts[1]?.relation).toBeUndefined();
  });

  it('keeps what was typed without a connection, and makes no second contact of a second try', async () => {
    const town = smallTown();
    const { user } = showPage(ContactPage, { town, params });
    await user.click(await screen.findByRole('radio', { name: '家里人' }));
    await user.type(screen.getByLabelText('名字'), '王大勇');
    await user.type(screen.getByLabelText('手机号'), '13900000009');
    const { putContact } = town.api.handlers;
    town.api.handlers.putContact = (asked) => {
      putContact?.(asked);
      return 'no-answer';
    };
    await user.click(screen.getByRole('button', { name: '保存' }));
    expect((await screen.findByRole('alert')).textContent).toContain('没有保存');
    if (putContact) town.api.handlers.putContact = putContact;
    await user.click(screen.getByRole('button', { name: '保存' }));
    await waitFor(() => expect(town.api.times('putContact')).toBe(2));
    expect(town.state.alerts.contacts).toHaveLength(1);
  });

  it('changes and removes, asking before it removes', async () => {
    const town = smallTown();
    town.state.alerts.contacts = [aContact(1), aContact(2)];
    const { user, went } = showPage(ContactPage, { town, params: { ...params, contactId: aContact(2).contactId } });
    await screen.findByRole('heading', { name: '改邻居2' });
    expect((screen.getByLabelText('手机号') as HTMLInputElement).value).toBe('13900000002');
    await user.click(screen.getByRole('button', { name: '删掉这位联系人' }));
    await user.click(screen.getByRole('button', { name: '不删' }));
    expect(town.state.alerts.contacts).toHaveLength(2);
    await user.click(screen.getByRole('button', { name: '删掉这位联系人' }));
    await user.click(screen.getByRole('button', { name: '是，删掉' }));
    await waitFor(() => expect(went()).toBe('back'));
    expect(town.state.alerts.contacts.map((one) => one.name)).toEqual(['邻居1']);
  });

  it('says that there are twelve at most', async () => {
    const town = smallTown();
    town.api.handlers.putContact = () => refused('too-many-contacts');
    const { user } = showPage(ContactPage, { town, params });
    await user.click(await screen.findByRole('radio', { name: '志愿者' }));
    await user.type(screen.getByLabelText('名字'), '刘婶');
    await user.type(screen.getByLabelText('手机号'), '13900000009');
    await user.click(screen.getByRole('button', { name: '保存' }));
    expect((await screen.findByRole('alert')).textContent).toContain('紧急联系人最多 12 位');
  });
});

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listContacts, putContact, removeContact } from '../../../../functions/alerts/circle/contacts.ts';
import { getHealthNotes, putHealthNotes } from '../../../../functions/alerts/circle/health-notes.ts';
import { keepCard } from '../../../../functions/alerts/circle/keep-card.ts';
import { keepPerson } from '../../../../functions/alerts/circle/keep-person.ts';
import { testContact } from '../../../../functions/alerts/circle/test-contact.ts';
import { contactKey, deliveryKey } from '../../../../functions/alerts/keys.ts';
import type { ContactForm } from '../../../../shared/contracts/circle.ts';
import { isRefusal } from '../../../../shared/contracts/refusal.ts';
import { toInstant } from '../../../../shared/values/dates.ts';
import { daughter, id, NOW, staff, stranger } from '../../../support/a-town.ts';
import {
  aCircleDesk,
  anElderTold,
  aPersonTold,
  type CircleDesk,
  dispatcher,
  elsewhere,
} from '../../../support/circle-desk.ts';

let desk: CircleDesk;
beforeAll(async () => {
  desk = await aCircleDesk();
  await desk.furnish();
});
afterAll(() => desk.dynamo.stop());

const minutesLater = (minutes: number) => toInstant(Date.parse(NOW) + minutes * 60_000);
const aForm = (over: Partial<ContactForm> = {}): ContactForm => ({
  kind: 'neighbour',
  name: '赵大妈',
  relation: '楼下邻居',
  phone: '19900005555',
  order: 2,
  ...over,
});
/** An elder of their own for each test. */
async function anElderOf(n: number, family: readonly string[] = [daughter.personId]): Promise<string> {
  await keepCard(desk, anElderTold({ elderId: id(n), family: [...family] }), NOW);
  return id(n);
}
const put = (elderId: string, contactId: string, over?: Partial<ContactForm>, who = staff) =>
  putContact(desk, who, { elderId, contactId, form: aForm(over) });
async function contactsOf(elderId: string, who = staff, now = NOW) {
  const answer = await listContacts(desk, who, { elderId, now });
  if (isRefusal(answer)) throw new Error(answer.refused);
  return answer.contacts;
}

describe('the contacts of an elder', () => {
  it('are those written by hand in their order, then the bound family with a masked number', async () => {
    const elderId = await anElderOf(11);
    await put(elderId, id(111), { name: '第二', order: 2 });
    await put(elderId, id(112), { name: '第一', order: 1, kind: 'volunteer' });
    const contacts = await contactsOf(elderId);
    expect(contacts).toMatchObject([
      { name: '第一', kind: 'volunteer', order: 1, phone: '19900005555' },
      { name: '第二', order: 2 },
      {
        contactId: daughter.personId,
        personId: daughter.personId,
        kind: 'family',
        name: '王小梅',
        phone: '199****2222',
      },
    ]);
    expect(contacts[2]?.order).toBeGreaterThan(99);
  });

  it('show a family member their own number, and the desk none whole', async () => {
    const elderId = await anElderOf(12);
    await put(elderId, id(121));
    expect((await contactsOf(elderId, daughter)).map(({ phone }) => phone)).toEqual(['19900005555', '19900002222']);
    expect((await contactsOf(elderId, dispatcher)).map(({ phone }) => phone)).toEqual(['199****5555', '199****2222']);
  });

  it('are changed by the same id, and not changed by the same again', async () => {
    const elderId = await anElderOf(13);
    await put(elderId, id(131));
    expect(await put(elderId, id(131), { phone: '19900006666' })).toMatchObject({ phone: '19900006666' });
    expect(await put(elderId, id(131), { phone: '19900006666' })).toMatchObject({ replayed: { phone: '19900006666' } });
    expect(await contactsOf(elderId)).toHaveLength(2);
  });

  it('are twelve at most, however many are written at once; one that is removed makes room', async () => {
    const elderId = await anElderOf(14, []);
    const ids = Array.from({ length: 16 }, (_, n) => id(1400 + n));
    // A few at a time: each counts on the same card.
    const answers = [];
    for (const pair of [0, 2, 4, 6, 8, 10, 12, 14])
      answers.push(...(await Promise.all(ids.slice(pair, pair + 2).map((each) => put(elderId, each)))));
    expect(answers.filter((answer) => isRefusal(answer))).toEqual(Array(4).fill({ refused: 'too-many-contacts' }));
    const [first] = await contactsOf(elderId);
    await removeContact(desk, staff, { elderId, contactId: first?.contactId ?? '' });
    expect(await removeContact(desk, staff, { elderId, contactId: first?.contactId ?? '' })).toEqual({ replayed: {} });
    expect(await put(elderId, id(1499))).toMatchObject({ contactId: id(1499) });
    expect(await put(elderId, id(1498))).toEqual({ refused: 'too-many-contacts' });
  });

  it('are the family’s by their binding alone: neither written over nor removed', async () => {
    const elderId = await anElderOf(15);
    const contactId = daughter.personId;
    expect(await put(elderId, contactId)).toEqual({ refused: 'forbidden' });
    expect(await removeContact(desk, staff, { elderId, contactId })).toEqual({ refused: 'forbidden' });
    await keepCard(desk, anElderTold({ elderId, family: [], rev: 2 }), NOW);
    expect(await contactsOf(elderId)).toEqual([]);
  });

  it('are nobody’s business who has nothing to do with the elder', async () => {
    const elderId = await anElderOf(16);
    for (const who of [stranger, elsewhere, { personId: id(1), role: 'elder', elderId: id(99) } as const]) {
      expect(await listContacts(desk, who, { elderId, now: NOW })).toEqual({ refused: 'forbidden' });
      expect(await put(elderId, id(161), {}, who)).toEqual({ refused: 'forbidden' });
      expect(await removeContact(desk, who, { elderId, contactId: id(161) })).toEqual({ refused: 'forbidden' });
      expect(await testContact(desk, who, { elderId, contactId: id(161), now: NOW })).toEqual({ refused: 'forbidden' });
      expect(await getHealthNotes(desk, who, elderId)).toEqual({ refused: 'forbidden' });
    }
    expect(await listContacts(desk, staff, { elderId: id(404), now: NOW })).toEqual({ refused: 'not-found' });
  });
});

describe('a test of a contact', () => {
  it('goes to that contact alone, by every channel of an alert, and says that it is a test', async () => {
    const elderId = await anElderOf(21);
    await put(elderId, id(211));
    const answer = await testContact(desk, daughter, { elderId, contactId: id(211), now: NOW });
    expect(answer).toMatchObject({ contactId: id(211), testedAt: NOW, testResult: 'sending' });
    const notice = desk.notices.at(-1);
    expect(notice).toMatchObject({ kind: 'contact-test', elderId, name: '王建国', by: '王小梅' });
    expect(notice?.recipients).toEqual(
      (['sms', 'voice'] as const).map((channel) => ({
        channel,
        to: id(211),
        name: '赵大妈',
        callee: 'neighbours',
        phone: '19900005555',
      })),
    );
  });

  it('reaches a bound family member in the app and by WeChat besides', async () => {
    const elderId = await anElderOf(22);
    await testContact(desk, staff, { elderId, contactId: daughter.personId, now: NOW });
    expect(desk.notices.at(-1)?.recipients.map(({ channel }) => channel)).toEqual(['inbox', 'wechat', 'sms', 'voice']);
  });

  it('shows what the ledger says became of it', async () => {
    const elderId = await anElderOf(23);
    await put(elderId, id(231));
    await testContact(desk, staff, { elderId, contactId: id(231), now: NOW });
    const { alertId, notice } = desk.notices.at(-1) ?? { alertId: '', notice: '' };
    const delivered = async (channel: string, state: string) => {
      const row = { notice, channel, to: id(231), name: '赵大妈', callee: 'neighbours', state, at: NOW, attempts: 1 };
      const Item = { ...deliveryKey(alertId, notice, channel, id(231)), ...row };
      await desk.db.send(new PutCommand({ TableName: desk.alertsTable, Item }));
      return (await contactsOf(elderId))[0]?.testResult;
    };
    expect(await delivered('sms', 'failed')).toBe('failed');
    expect(await delivered('voice', 'sending')).toBe('sending');
    expect(await delivered('voice', 'sent')).toBe('sent');
  });

  it('has failed when the ledger knows nothing of it after ten minutes', async () => {
    const elderId = await anElderOf(24);
    await put(elderId, id(241));
    await testContact(desk, staff, { elderId, contactId: id(241), now: NOW });
    expect((await contactsOf(elderId, staff, minutesLater(9)))[0]?.testResult).toBe('sending');
    expect((await contactsOf(elderId, staff, minutesLater(11)))[0]?.testResult).toBe('failed');
  });

  it('is made three times a day at most for each contact, and again the next day', async () => {
    const elderId = await anElderOf(25);
    await put(elderId, id(251));
    const test = (contactId: string, now = NOW) => testContact(desk, staff, { elderId, contactId, now });
    for (let n = 0; n < 3; n++) expect(await test(id(251))).toMatchObject({ testResult: 'sending' });
    expect(await test(id(251))).toEqual({ refused: 'too-many-attempts' });
    expect(await test(daughter.personId)).toMatchObject({ testResult: 'sending' });
    expect(await test(id(251), minutesLater(24 * 60 + 1))).toMatchObject({ testResult: 'sending' });
    expect(await test(id(299))).toEqual({ refused: 'not-found' });
  });
});

describe('health notes', () => {
  it('are written and read by the elder and the family', async () => {
    const elderId = await anElderOf(31);
    const herself = { personId: id(310), role: 'elder', elderId } as const;
    expect(await getHealthNotes(desk, daughter, elderId)).toEqual({ notes: null });
    const notes = { conditions: '高血压', medicines: '氨氯地平 5 mg', bloodType: 'O' } as const;
    expect(await putHealthNotes(desk, daughter, { elderId, notes, now: NOW })).toEqual({ notes });
    expect(await getHealthNotes(desk, herself, elderId)).toEqual({ notes });
    await putHealthNotes(desk, herself, { elderId, notes: { allergies: '青霉素' }, now: NOW });
    expect(await getHealthNotes(desk, daughter, elderId)).toEqual({ notes: { allergies: '青霉素' } });
  });
});

describe('a contact as it is stored', () => {
  it('carries what an alert calls by, and nothing else', async () => {
    const elderId = await anElderOf(41);
    await keepPerson(desk, aPersonTold());
    await put(elderId, id(411));
    const key = contactKey(elderId, id(411));
    expect(await desk.item(key)).toEqual({ ...key, contactId: id(411), ...aForm() });
  });
});

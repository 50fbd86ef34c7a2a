import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countingConsents } from '../../../../functions/alerts/channels/consents.ts';
import { refused, SENT, type Send, unreached } from '../../../../functions/alerts/channels/delivery.ts';
import { listContacts } from '../../../../functions/alerts/circle/contacts.ts';
import { keepCard } from '../../../../functions/alerts/circle/keep-card.ts';
import { keepPerson } from '../../../../functions/alerts/circle/keep-person.ts';
import { getMessageConsents, putMessageConsent } from '../../../../functions/alerts/circle/message-consents.ts';
import { readAround } from '../../../../functions/alerts/keep/around-store.ts';
import type { NoticeMessage } from '../../../../functions/alerts/messages.ts';
import { recipientsOf, ringsSomewhere } from '../../../../functions/alerts/notices/recipients.ts';
import type { Who } from '../../../../functions/platform/who.ts';
import { isRefusal } from '../../../../shared/contracts/refusal.ts';
import { aNotice, aRecipient } from '../../../support/a-notice.ts';
import { GRID, id, NOW } from '../../../support/a-town.ts';
import { aCircleDesk, anElderTold, aPersonTold, type CircleDesk } from '../../../support/circle-desk.ts';

const TEMPLATE = 'template-of-alerts';
let desk: CircleDesk;
beforeAll(async () => {
  desk = await aCircleDesk();
});
afterAll(() => desk.dynamo.stop());

let serial = 0x5000;
/** A family member of their own for each test, known by WeChat alone. */
async function aDaughter(): Promise<Who> {
  const personId = id(++serial);
  const { phone: _, ...told } = aPersonTold({ personId });
  await keepPerson(desk, { ...told, openid: `openid-${serial}` });
  return { personId, role: 'family' };
}
const give = (who: Who, consentId: string = crypto.randomUUID(), templateId = TEMPLATE) =>
  putMessageConsent(desk, who, { consentId, templateId, now: NOW });
const left = async (who: Who) => (await getMessageConsents(desk, who)).left;
async function gave(who: Who, times: number): Promise<Who> {
  for (let n = 0; n < times; n++) await give(who);
  return who;
}

describe('consents for messages', () => {
  it('are none at first, and say what they are asked for', async () => {
    expect(await getMessageConsents(desk, await aDaughter())).toEqual({ templateId: TEMPLATE, left: 0 });
  });

  it('are counted, each once however often it is told', async () => {
    const who = await aDaughter();
    const consentId = crypto.randomUUID();
    expect(await give(who, consentId)).toEqual({ templateId: TEMPLATE, left: 1 });
    expect(await give(who, consentId)).toEqual({ replayed: { templateId: TEMPLATE, left: 1 } });
    expect(await give(who)).toMatchObject({ left: 2 });
  });

  it('are lost to nobody who gives several at the same moment', async () => {
    const who = await aDaughter();
    const ids = Array.from({ length: 12 }, () => crypto.randomUUID());
    // A client tells again what was refused for the crowd.
    for (const round of [0, 1, 2, 3]) await Promise.all(ids.map((one) => give(who, one)).concat(give(who, ids[round])));
    expect(await left(who)).toBe(12);
  });

  it('for another template than today’s count nothing', async () => {
    const who = await gave(await aDaughter(), 2);
    expect(await give(who, crypto.randomUUID(), 'an-old-one')).toMatchObject({ left: 2 });
    const later = { ...desk, templateId: 'a-new-one' };
    expect(await getMessageConsents(later, who)).toEqual({ templateId: 'a-new-one', left: 0 });
    const answer = await putMessageConsent(later, who, { consentId: id(1), templateId: 'a-new-one', now: NOW });
    expect(answer).toEqual({ templateId: 'a-new-one', left: 1 });
  });

  it('are at most a hundred', async () => {
    const who = await gave(await aDaughter(), 101);
    expect(await left(who)).toBe(100);
  });
});

describe('a message by WeChat', () => {
  const sent: NoticeMessage['kind'][] = [];
  let answer = SENT;
  const send: Send = async ({ kind }) => {
    sent.push(kind);
    return answer;
  };
  const tell = async (who: Who, kind: NoticeMessage['kind'] = 'wave') => {
    const ledger = { db: desk.db, alertsTable: desk.alertsTable, clock: Date.now };
    const recipient = aRecipient({ channel: 'wechat', personId: who.personId, openid: 'o' });
    return (await countingConsents(ledger, send)(aNotice({ kind }), recipient)).state;
  };

  it('uses a consent up', async () => {
    const who = await gave(await aDaughter(), 2);
    expect([await tell(who), await left(who)]).toEqual(['sent', 1]);
    expect([await tell(who), await left(who)]).toEqual(['sent', 0]);
  });

  it('is tried although none is left, and the count does not fall below nothing', async () => {
    const who = await aDaughter();
    expect([await tell(who), await left(who)]).toEqual(['sent', 0]);
  });

  it('that was not sent uses none up; when WeChat says that none is left, none is', async () => {
    const who = await gave(await aDaughter(), 3);
    answer = unreached('errcode -1');
    expect([await tell(who), await left(who)]).toEqual(['unreached', 3]);
    answer = refused('no-consent');
    expect([await tell(who), await left(who)]).toEqual(['refused', 0]);
    answer = SENT;
  });

  it.each(['answered', 'closed'] as const)('that an alert was %s is not sent with the last consent', async (kind) => {
    const who = await gave(await aDaughter(), 2);
    sent.length = 0;
    expect([await tell(who, kind), await left(who)]).toEqual(['sent', 1]);
    expect([await tell(who, kind), await left(who)]).toEqual(['spared', 1]);
    expect(sent).toEqual([kind]);
    expect([await tell(who, 'reopened'), await left(who)]).toEqual(['sent', 0]);
  });
});

describe('a family member who is known by WeChat alone', () => {
  const wave = { callees: ['family'], channels: ['inbox', 'wechat', 'sms', 'voice'] } as const;
  async function seen(who: Who) {
    const elderId = id(++serial);
    await keepCard(desk, anElderTold({ elderId, family: [who.personId] }), NOW);
    const where = { area: GRID, family: [who.personId], source: 'key' as const, at: NOW };
    const { around } = await readAround(desk, where, []);
    const recipients = recipientsOf({ callees: [...wave.callees], channels: [...wave.channels] }, around);
    const listed = await listContacts(desk, who, { elderId, now: NOW });
    if (isRefusal(listed)) throw new Error(listed.refused);
    return {
      channels: recipients.map(({ channel }) => channel),
      rings: ringsSomewhere(recipients),
      reach: listed.contacts.map(({ reach }) => reach),
    };
  }

  it('is rung by nobody without a consent, and the contacts say so', async () => {
    expect(await seen(await aDaughter())).toEqual({ channels: ['inbox', 'wechat'], rings: false, reach: [[]] });
  });

  it('is rung by WeChat with one', async () => {
    const who = await gave(await aDaughter(), 1);
    expect(await seen(who)).toEqual({ channels: ['inbox', 'wechat'], rings: true, reach: [['wechat']] });
  });

  it('is rung by voice and text message once a number is known', async () => {
    const who = await aDaughter();
    await keepPerson(desk, aPersonTold({ personId: who.personId, openid: 'o', phone: '13500001111', rev: 9 }));
    expect(await seen(who)).toEqual({
      channels: ['inbox', 'wechat', 'sms', 'voice'],
      rings: true,
      reach: [['voice', 'sms']],
    });
  });
});

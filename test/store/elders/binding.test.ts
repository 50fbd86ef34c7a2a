import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bind } from '../../../functions/elders/bind.ts';
import { makeBindingCode } from '../../../functions/elders/binding-code.ts';
import { listBindings, putConsent, unbind } from '../../../functions/elders/bindings.ts';
import { getElder, listMyElders } from '../../../functions/elders/elder-queries.ts';
import { readElder } from '../../../functions/elders/elder-store.ts';
import { recordDeath } from '../../../functions/elders/record-death.ts';
import { isRefusal } from '../../../shared/contracts/refusal.ts';
import { toInstant } from '../../../shared/values/dates.ts';
import { done, id, NOW, otherStaff, staff, TODAY } from '../../support/a-town.ts';
import { aBindRequest, anEldersDesk, type EldersDesk, relative } from '../../support/elders-desk.ts';

let desk: EldersDesk;
beforeAll(async () => {
  desk = await anEldersDesk();
});
afterAll(() => desk.dynamo.stop());

const HOUR = 3_600_000;
const later = (ms: number) => toInstant(Date.parse(NOW) + ms);
const WRONG = '00000000';

const codeFor = async (elderId: string, draw?: () => string) =>
  done(await makeBindingCode(desk, staff, { elderId, now: NOW, ...(draw && { draw }) })).code;
const bound = async (elderId: string, n: number) =>
  done(await bind(desk, relative(n), aBindRequest(await codeFor(elderId)), NOW));

describe('a binding code', () => {
  it('has eight digits, holds for seven days, and is stored as a hash only', async () => {
    await desk.register(id(1), { idNumber: undefined });
    const { code, expiresAt } = done(await makeBindingCode(desk, staff, { elderId: id(1), now: NOW }));
    expect(code).toMatch(/^\d{8}$/);
    expect(expiresAt).toBe(later(7 * 24 * HOUR));
    expect(JSON.stringify(await everything())).not.toContain(code);
  });

  it('is drawn again when the digits are another one’s that still holds', async () => {
    await desk.register(id(2), { idNumber: undefined });
    await codeFor(id(2), () => '11112222');
    const digits = ['11112222', '11112222', '33334444'];
    expect(await codeFor(id(2), () => digits.shift() ?? '')).toBe('33334444');
  });

  it('is not made for who has died, nor by staff of elsewhere', async () => {
    await desk.register(id(3), { idNumber: undefined });
    expect(await makeBindingCode(desk, otherStaff, { elderId: id(3), now: NOW })).toEqual({ refused: 'forbidden' });
    done(await recordDeath(desk, staff, { elderId: id(3), form: { diedOn: TODAY }, now: NOW }));
    expect(await makeBindingCode(desk, staff, { elderId: id(3), now: NOW })).toEqual({ refused: 'elder-died' });
  });
});

describe('binding', () => {
  it('ties a family member to the elder, with consents, and opens the elder to them', async () => {
    await desk.register(id(10), { idNumber: undefined });
    const binding = await bound(id(10), 10);
    expect(binding).toEqual({
      elderId: id(10),
      personId: relative(10).personId,
      name: '王小梅',
      relation: 'daughter',
      boundAt: NOW,
      consents: [
        { purpose: 'care-services', givenAt: NOW, withdrawnAt: null },
        { purpose: 'diet-to-canteen', givenAt: NOW, withdrawnAt: null },
      ],
    });
    expect(done(await getElder(desk, relative(10), id(10)))).toMatchObject({ elderId: id(10), rev: 2 });
    expect((await listMyElders(desk, relative(10))).elders.map(({ elderId }) => elderId)).toEqual([id(10)]);
    expect((await readElder(desk, id(10)))?.family).toEqual([relative(10).personId]);
  });

  it('gets the first answer when it is sent again, and refuses another content', async () => {
    await desk.register(id(11), { idNumber: undefined });
    const code = await codeFor(id(11));
    const first = done(await bind(desk, relative(11), aBindRequest(code), NOW));
    expect(await bind(desk, relative(11), aBindRequest(code), later(5))).toEqual({ replayed: first });
    expect(await bind(desk, relative(11), aBindRequest(code, { relation: 'son' }), NOW)).toEqual({
      refused: 'already-bound',
    });
  });

  it('refuses a code that was used by another, has expired, or never was', async () => {
    await desk.register(id(12), { idNumber: undefined });
    const used = await codeFor(id(12));
    done(await bind(desk, relative(12), aBindRequest(used), NOW));
    expect(await bind(desk, relative(13), aBindRequest(used), NOW)).toEqual({ refused: 'binding-code-wrong' });
    const late = await codeFor(id(12));
    expect(await bind(desk, relative(13), aBindRequest(late), later(7 * 24 * HOUR))).toEqual({
      refused: 'binding-code-wrong',
    });
    expect(await bind(desk, relative(13), aBindRequest(WRONG), NOW)).toEqual({ refused: 'binding-code-wrong' });
  });

  it('refuses who is bound already, and leaves the code to a brother', async () => {
    await desk.register(id(13), { idNumber: undefined });
    await bound(id(13), 14);
    const code = await codeFor(id(13));
    expect(await bind(desk, relative(14), aBindRequest(code), NOW)).toEqual({ refused: 'already-bound' });
    done(await bind(desk, relative(15), aBindRequest(code), NOW));
  });

  it('refuses without the consent that care needs, and does not use the code up', async () => {
    await desk.register(id(14), { idNumber: undefined });
    const code = await codeFor(id(14));
    expect(await bind(desk, relative(16), aBindRequest(code, { consents: [] }), NOW)).toMatchObject({
      refused: 'consent-required',
    });
    done(await bind(desk, relative(16), aBindRequest(code), NOW));
  });

  it('refuses for an elder who has died meanwhile', async () => {
    await desk.register(id(15), { idNumber: undefined });
    const code = await codeFor(id(15));
    done(await recordDeath(desk, staff, { elderId: id(15), form: { diedOn: TODAY }, now: NOW }));
    expect(await bind(desk, relative(17), aBindRequest(code), NOW)).toEqual({ refused: 'elder-died' });
  });

  it('stops after five wrong codes, also for a right one, until the hour is over', async () => {
    await desk.register(id(16), { idNumber: undefined });
    const code = await codeFor(id(16));
    for (let n = 0; n < 5; n++) {
      expect(await bind(desk, relative(18), aBindRequest(WRONG), later(n))).toEqual({ refused: 'binding-code-wrong' });
    }
    expect(await bind(desk, relative(18), aBindRequest(code), later(10))).toEqual({ refused: 'too-many-attempts' });
    done(await bind(desk, relative(18), aBindRequest(code), later(HOUR)));
  });

  it('does not count right codes', async () => {
    for (let n = 0; n < 7; n++) {
      await desk.register(id(200 + n), { idNumber: undefined });
      await bound(id(200 + n), 19);
    }
    expect((await listMyElders(desk, relative(19))).elders).toHaveLength(7);
  });

  it('judges no more than five of a hundred guesses made at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => bind(desk, relative(20), aBindRequest(WRONG), NOW)),
    );
    const judged = answers.filter((answer) => isRefusal(answer) && answer.refused === 'binding-code-wrong');
    expect(judged).toHaveLength(5);
  });

  it('makes one binding when two hundred people use one code at once', async () => {
    await desk.register(id(17), { idNumber: undefined });
    const code = await codeFor(id(17));
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => bind(desk, relative(1000 + n), aBindRequest(code), NOW)),
    );
    expect(answers.filter((answer) => !isRefusal(answer))).toHaveLength(1);
    expect((await readElder(desk, id(17)))?.family).toHaveLength(1);
    expect(done(await listBindings(desk, staff, id(17))).bindings).toHaveLength(1);
    const codes = answers.filter(isRefusal).map(({ refused }) => refused);
    expect(codes.every((refused) => refused === 'binding-code-wrong' || refused === 'busy')).toBe(true);
  });

  it('sees a code that was used between reading it and reading the elder', async () => {
    await desk.register(id(19), { idNumber: undefined });
    const code = await codeFor(id(19));
    const real = desk.db;
    let overtaken = false;
    const slow = Object.create(real) as typeof real;
    slow.send = (async (command: { input: { Key?: { pk?: string } } }) => {
      const reply = await real.send(command as never);
      if (!overtaken && command.input.Key?.pk?.startsWith('BINDING-CODE#')) {
        overtaken = true;
        done(await bind(desk, relative(70), aBindRequest(code), NOW));
      }
      return reply;
    }) as typeof real.send;
    const answer = await bind({ ...desk, db: slow }, relative(71), aBindRequest(code), NOW);
    expect(answer).toEqual({ refused: 'binding-code-wrong' });
    expect((await readElder(desk, id(19)))?.family).toEqual([relative(70).personId]);
  });

  it('loses nobody when a whole family binds at once, each with their own code', async () => {
    await desk.register(id(18), { idNumber: undefined });
    const codes: string[] = [];
    for (let n = 0; n < 4; n++) codes.push(await codeFor(id(18)));
    const answers = await Promise.all(codes.map((code, n) => bind(desk, relative(30 + n), aBindRequest(code), NOW)));
    expect(answers.filter(isRefusal)).toEqual([]);
    expect((await readElder(desk, id(18)))?.family.sort()).toEqual([30, 31, 32, 33].map((n) => relative(n).personId));
  });
});

describe('ending a binding', () => {
  it('closes the elder to the family member at once; again changes nothing', async () => {
    await desk.register(id(40), { idNumber: undefined });
    await bound(id(40), 40);
    const end = () => unbind(desk, relative(40), { elderId: id(40), personId: relative(40).personId, now: NOW });
    expect(await end()).toEqual({});
    expect(await end()).toEqual({ replayed: {} });
    expect(await getElder(desk, relative(40), id(40))).toEqual({ refused: 'forbidden' });
    expect(await listMyElders(desk, relative(40))).toEqual({ elders: [] });
    expect(done(await listBindings(desk, staff, id(40))).bindings).toEqual([]);
  });

  it('is followed by a new binding when the community hands out a new code', async () => {
    expect((await bound(id(40), 40)).personId).toBe(relative(40).personId);
    expect(done(await getElder(desk, relative(40), id(40))).elderId).toBe(id(40));
  });

  it('is for oneself, the elder and staff: not for a sister, nor for staff of elsewhere', async () => {
    await desk.register(id(41), { idNumber: undefined });
    for (const n of [41, 42, 43]) await bound(id(41), n);
    const end = (who: Parameters<typeof unbind>[1], n: number) =>
      unbind(desk, who, { elderId: id(41), personId: relative(n).personId, now: NOW });
    expect(await end(relative(41), 42)).toEqual({ refused: 'forbidden' });
    expect(await end(otherStaff, 42)).toEqual({ refused: 'forbidden' });
    expect(await end(relative(44), 44)).toEqual({ refused: 'forbidden' });
    expect(await end(staff, 44)).toEqual({ refused: 'not-found' });
    expect(await end({ personId: id(9100), role: 'elder', elderId: id(41) }, 42)).toEqual({});
    expect(await end(staff, 43)).toEqual({});
    expect((await readElder(desk, id(41)))?.family).toEqual([relative(41).personId]);
  });

  it('finds no elder under an id that stands for none', async () => {
    expect(await unbind(desk, staff, { elderId: id(404), personId: id(1), now: NOW })).toEqual({
      refused: 'not-found',
    });
  });
});

describe('who is bound', () => {
  it('is seen whole by staff and the elder, and by a family member as far as it is themselves', async () => {
    await desk.register(id(50), { idNumber: undefined });
    for (const n of [50, 51]) await bound(id(50), n);
    const seenBy = async (who: Parameters<typeof listBindings>[1]) =>
      done(await listBindings(desk, who, id(50))).bindings.map(({ personId }) => personId);
    expect(await seenBy(staff)).toHaveLength(2);
    expect(await seenBy({ personId: id(9100), role: 'elder', elderId: id(50) })).toHaveLength(2);
    expect(await seenBy(relative(51))).toEqual([relative(51).personId]);
    expect(await listBindings(desk, relative(52), id(50))).toEqual({ refused: 'forbidden' });
  });
});

describe('a consent', () => {
  const consent = (
    n: number,
    purpose: 'care-services' | 'diet-to-canteen' | 'address-to-delivery',
    granted: boolean,
    now = NOW,
  ) => putConsent(desk, relative(n), { elderId: id(60), purpose, granted, now });

  it('is withdrawn and given again alone; again changes nothing', async () => {
    await desk.register(id(60), { idNumber: undefined });
    await bound(id(60), 60);
    const withdrawn = done(await consent(60, 'diet-to-canteen', false, later(1)));
    expect(withdrawn.consents).toContainEqual({ purpose: 'diet-to-canteen', givenAt: NOW, withdrawnAt: later(1) });
    expect(await consent(60, 'diet-to-canteen', false, later(2))).toEqual({ replayed: withdrawn });
    const given = done(await consent(60, 'diet-to-canteen', true, later(3)));
    expect(given.consents).toContainEqual({ purpose: 'diet-to-canteen', givenAt: later(3), withdrawnAt: null });
    const added = done(await consent(60, 'address-to-delivery', true, later(4)));
    expect(added.consents).toHaveLength(3);
  });

  it('that care needs ends only with the binding', async () => {
    expect(await consent(60, 'care-services', false)).toMatchObject({ refused: 'consent-required' });
  });

  it('never given is nothing to withdraw', async () => {
    await bound(id(60), 61);
    expect(await consent(61, 'address-to-delivery', false)).toMatchObject({ replayed: { consents: [{}, {}] } });
  });

  it('is one’s own: who is not bound has none', async () => {
    expect(await consent(62, 'diet-to-canteen', true)).toEqual({ refused: 'forbidden' });
  });

  it('and its withdrawal are kept as proof, one entry each', async () => {
    const { Items = [] } = await desk.db.send(
      new QueryCommand({
        TableName: desk.eldersTable,
        KeyConditionExpression: 'pk = :elder AND begins_with(sk, :consent)',
        ExpressionAttributeValues: { ':elder': `ELDER#${id(60)}`, ':consent': 'CONSENT#' },
      }),
    );
    const of60 = Items.filter(({ personId }) => personId === relative(60).personId);
    expect(of60.map(({ what, at }) => [what, at])).toEqual([
      ['bound', NOW],
      ['consent', later(1)],
      ['consent', later(3)],
      ['consent', later(4)],
    ]);
  });
});

async function everything(): Promise<unknown[]> {
  const { ScanCommand } = await import('@aws-sdk/lib-dynamodb');
  return (await desk.db.send(new ScanCommand({ TableName: desk.eldersTable }))).Items ?? [];
}

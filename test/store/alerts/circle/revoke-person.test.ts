import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepCard } from '../../../../functions/alerts/circle/keep-card.ts';
import { keepPerson } from '../../../../functions/alerts/circle/keep-person.ts';
import { revokePerson } from '../../../../functions/alerts/circle/revoke-person.ts';
import { revokedKey } from '../../../../functions/alerts/keys.ts';
import { daughter, id, NOW, staff } from '../../../support/a-town.ts';
import {
  aCircleDesk,
  anElderTold,
  aPersonTold,
  type CircleDesk,
  dispatcher,
  districtStaff,
  elsewhere,
  gridWorker,
} from '../../../support/circle-desk.ts';

let desk: CircleDesk;
beforeAll(async () => {
  desk = await aCircleDesk();
  await desk.furnish();
});
afterAll(() => desk.dynamo.stop());

const seconds = (at: string) => Math.floor(Date.parse(at) / 1000);

describe('tokens of a person whose phone is lost', () => {
  it('are taken back by staff of where they belong', async () => {
    await keepCard(desk, anElderTold({ elderId: id(7) }), NOW);
    expect(await revokePerson(desk, staff, { personId: daughter.personId, now: NOW })).toEqual({});
    expect(await desk.item(revokedKey('PERSON', daughter.personId))).toMatchObject({ before: seconds(NOW) + 1 });
    expect(await revokePerson(desk, staff, { personId: gridWorker.personId, now: NOW })).toEqual({});
    expect(await revokePerson(desk, districtStaff, { personId: dispatcher.personId, now: NOW })).toEqual({});
  });

  it('are not taken back by others, nor of those above', async () => {
    expect(await revokePerson(desk, elsewhere, { personId: daughter.personId, now: NOW })).toEqual({
      refused: 'forbidden',
    });
    expect(await revokePerson(desk, staff, { personId: dispatcher.personId, now: NOW })).toEqual({
      refused: 'forbidden',
    });
    expect(await revokePerson(desk, staff, { personId: id(404), now: NOW })).toEqual({ refused: 'not-found' });
  });

  it('are an elder’s own where the elder lives, and a family’s where one of theirs is bound still', async () => {
    await keepPerson(desk, aPersonTold({ personId: id(60), role: 'elder', elderId: id(1) }));
    expect(await revokePerson(desk, staff, { personId: id(60), now: NOW })).toEqual({});
    expect(await revokePerson(desk, elsewhere, { personId: id(60), now: NOW })).toEqual({ refused: 'forbidden' });
    const son = id(61);
    await keepPerson(desk, aPersonTold({ personId: son }));
    await keepCard(desk, anElderTold({ elderId: id(6), family: [son] }), NOW);
    await keepCard(desk, anElderTold({ elderId: id(6), family: [], rev: 2 }), NOW);
    expect(await revokePerson(desk, staff, { personId: son, now: NOW })).toEqual({ refused: 'forbidden' });
  });
});

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepCard } from '../../../../functions/alerts/circle/keep-card.ts';
import { keepPerson } from '../../../../functions/alerts/circle/keep-person.ts';
import { revokePerson } from '../../../../functions/alerts/circle/revoke-person.ts';
import { alertKey, currentKey, revokedKey, unverifiedPerson } from '../../../../functions/alerts/keys.ts';
import type { Who } from '../../../../functions/platform/who.ts';
import { daughter, GRID, id, NOW, staff } from '../../../support/a-town.ts';
import { anAlert } from '../../../support/answering-desk.ts';
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

const put = (Item: Record<string, unknown>) => desk.db.send(new PutCommand({ TableName: desk.alertsTable, Item }));
const seconds = (at: string) => Math.floor(Date.parse(at) / 1000);

describe('tokens of a person whose phone is lost', () => {
  it('are taken back by staff of where they belong', async () => {
    await keepCard(desk, anElderTold({ elderId: id(7) }), NOW);
    expect(await revokePerson(desk, staff, { personId: daughter.personId, now: NOW })).toEqual({});
    expect(await desk.item(revokedKey(daughter.personId))).toMatchObject({ before: seconds(NOW) + 1 });
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

  it('are taken back by whoever is on duty where they flood the board, and by nobody else', async () => {
    const flooder = async (area: string, over: Record<string, unknown> = {}) => {
      const [personId, alertId] = [crypto.randomUUID(), crypto.randomUUID()];
      await put({ ...currentKey(unverifiedPerson(personId)), alertId, openedAt: NOW, joinUntil: NOW });
      await put({ ...alertKey(alertId), ...anAlert({ alertId, area, unverified: true, ...over }) });
      return personId;
    };
    const revoke = (who: Who, personId: string) => revokePerson(desk, who, { personId, now: NOW });
    // Of whom alerts have never heard: the press came before the news of them.
    const [here, nowhere] = [await flooder(GRID), await flooder('')];
    for (const who of [elsewhere]) expect(await revoke(who, here)).toEqual({ refused: 'forbidden' });
    for (const who of [staff, gridWorker, elsewhere])
      expect(await revoke(who, nowhere)).toEqual({ refused: 'forbidden' });
    for (const who of [dispatcher, gridWorker, staff, districtStaff]) expect(await revoke(who, here)).toEqual({});
    for (const who of [dispatcher, districtStaff]) expect(await revoke(who, nowhere)).toEqual({});
    expect(await desk.item(revokedKey(nowhere))).toMatchObject({ before: seconds(NOW) + 1 });
    // Once it is closed, the desk has no more to do with them.
    const closed = await flooder(GRID, { state: 'false-alarm', closedAt: NOW });
    expect(await revoke(gridWorker, closed)).toEqual({ refused: 'not-found' });
  });

  it('are taken back of somebody who was removed, where they worked', async () => {
    const left = aPersonTold({ personId: id(62), role: 'community-staff', area: staff.area });
    await keepPerson(desk, left);
    expect(await revokePerson(desk, districtStaff, { personId: id(62), now: NOW })).toEqual({});
  });
});

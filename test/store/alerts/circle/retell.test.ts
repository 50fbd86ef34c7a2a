import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCard } from '../../../../functions/alerts/circle/card-store.ts';
import { careEvent } from '../../../../functions/alerts/circle/care-event.ts';
import { dutyKey, personKey } from '../../../../functions/alerts/keys.ts';
import { elderItems } from '../../../../functions/elders/elder-items.ts';
import { newPerson, removedPerson } from '../../../../functions/sessions/person.ts';
import { personItem, personItems } from '../../../../functions/sessions/person-items.ts';
import { retell } from '../../../../infra/retell/retell.ts';
import { anElder, GRID, id, NOW } from '../../../support/a-town.ts';
import { aCircleDesk, anElderTold, type CircleDesk } from '../../../support/circle-desk.ts';

let desk: CircleDesk;
beforeAll(async () => {
  desk = await aCircleDesk();
});
afterAll(() => desk.dynamo.stop());

describe('a stage that had elders and people before alerts', () => {
  it('is told of all of them, also of who was removed; what is known newer stays', async () => {
    const [eldersTable, sessionsTable] = [
      await desk.dynamo.createTable('elders'),
      await desk.dynamo.createTable('sessions'),
    ];
    const put = (TableName: string, Item: object) => desk.db.send(new PutCommand({ TableName, Item }));
    for (let n = 1; n <= 30; n++)
      for (const item of elderItems(anElder({ elderId: id(n), rev: 2 }))) await put(eldersTable, item);
    const worker = newPerson({
      personId: id(50),
      name: '网格员',
      role: 'grid-worker',
      phone: '19900000001',
      area: GRID,
    });
    for (const item of personItems(worker)) await put(sessionsTable, item);
    await put(sessionsTable, personItem(removedPerson({ ...worker, personId: id(51) }, NOW)));
    await careEvent(
      desk,
      { type: 'elder-changed', elder: anElderTold({ elderId: id(7), rev: 5, name: '更新' }), at: NOW },
      NOW,
    );

    const again = () =>
      retell({ db: desk.db, eldersTable, sessionsTable, publish: (event) => careEvent(desk, event, NOW) });
    expect(await again()).toEqual({ elders: 30, people: 2 });
    expect(await again()).toEqual({ elders: 30, people: 2 });
    expect(await readCard(desk, id(30))).toMatchObject({ name: '王建国', rev: 2 });
    expect(await readCard(desk, id(7))).toMatchObject({ name: '更新', rev: 5 });
    expect(Object.keys((await desk.item(dutyKey(GRID)))?.people ?? {})).toEqual([id(50)]);
    expect(await desk.item(personKey(id(51)))).toMatchObject({ removedAt: NOW, epoch: 1, area: GRID });
  });

  it('and kept people before there were epochs: each learns their own, though nothing else of them is new', async () => {
    const sessionsTable = await desk.dynamo.createTable('sessions-of-before');
    const of = { role: 'grid-worker', area: GRID, rev: 7 } as const;
    const here = { ...newPerson({ personId: id(60), name: '网格员', ...of }), epoch: 3, rev: 7 };
    const gone = { ...removedPerson({ ...here, personId: id(61), rev: 6 }, NOW), epoch: 4 };
    for (const person of [here, gone])
      await desk.db.send(new PutCommand({ TableName: sessionsTable, Item: personItem(person) }));
    for (const personId of [id(60), id(61)]) {
      const Item = { ...personKey(personId), personId, name: '网格员', role: 'grid-worker', rev: 7 };
      await desk.db.send(new PutCommand({ TableName: desk.alertsTable, Item }));
    }
    const eldersTable = await desk.dynamo.createTable('no-elders');
    await retell({ db: desk.db, eldersTable, sessionsTable, publish: (event) => careEvent(desk, event, NOW) });
    expect(await desk.item(personKey(id(60)))).toMatchObject({ epoch: 3, rev: 7, area: GRID });
    expect(await desk.item(personKey(id(61)))).toMatchObject({ epoch: 4, rev: 7, area: GRID, removedAt: NOW });
  });
});

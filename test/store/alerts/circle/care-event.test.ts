import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCard } from '../../../../functions/alerts/circle/card-store.ts';
import { careEvent } from '../../../../functions/alerts/circle/care-event.ts';
import { putContact } from '../../../../functions/alerts/circle/contacts.ts';
import { derivedId } from '../../../../functions/alerts/circle/derived-id.ts';
import { putHealthNotes } from '../../../../functions/alerts/circle/health-notes.ts';
import { readTask } from '../../../../functions/alerts/circle/open-task.ts';
import {
  cardKey,
  contactKey,
  deviceKey,
  dutyKey,
  elderDeviceKey,
  healthNotesKey,
  heardIndex,
  personKey,
} from '../../../../functions/alerts/keys.ts';
import type { DomainEvent, ElderTold, PersonTold } from '../../../../shared/contracts/events.ts';
import { COMMUNITY, daughter, GRID, id, NOW, staff, TODAY } from '../../../support/a-town.ts';
import { aCircleDesk, anElderTold, aPersonTold, type CircleDesk, gridWorker } from '../../../support/circle-desk.ts';

let desk: CircleDesk;
beforeAll(async () => {
  desk = await aCircleDesk();
});
afterAll(() => desk.dynamo.stop());

const told = (event: DomainEvent) => careEvent(desk, event, NOW);
const elder = (over: Partial<ElderTold>) => told({ type: 'elder-changed', elder: anElderTold(over), at: NOW });
const person = (over: Partial<PersonTold>) => told({ type: 'person-changed', person: aPersonTold(over), at: NOW });

describe('the card of an elder', () => {
  it('holds what was told last, whatever arrives late or twice', async () => {
    const elderId = id(11);
    await elder({ elderId, rev: 1 });
    await elder({ elderId, rev: 3, address: '东岗路2号', phone: undefined, abilityLevel: 'severe' });
    await elder({ elderId, rev: 2, address: '西固路3号' });
    await elder({ elderId, rev: 3, address: '东岗路2号', phone: undefined, abilityLevel: 'severe' });
    const card = await readCard(desk, elderId);
    expect(card).toMatchObject({ address: '东岗路2号', abilityLevel: 'severe', rev: 3 });
    expect(card).not.toHaveProperty('phone');
  });

  it('keeps what alerts wrote on it, and the moment of the next drill, when the elder moves', async () => {
    const elderId = id(12);
    await elder({ elderId, rev: 1 });
    const before = await desk.item(cardKey(elderId));
    await putContact(desk, staff, {
      elderId,
      contactId: id(120),
      form: { kind: 'neighbour', name: '邻居', phone: '19900004444', order: 1 },
    });
    await elder({ elderId, rev: 2, area: '139903005001001' });
    const after = await desk.item(cardKey(elderId));
    expect(after).toMatchObject({ contactCount: 1, gsi1pk: 'DRILLS#1399', gsi1sk: before?.gsi1sk });
  });

  it('ends what is for the living when the elder dies, and brings it back when that was a mistake', async () => {
    const [elderId, contactId, deviceId] = [id(13), id(130), id(131)];
    await elder({ elderId, rev: 1 });
    const form = { kind: 'neighbour', name: '邻居', phone: '19900004444', order: 1 } as const;
    await putContact(desk, staff, { elderId, contactId, form });
    await putHealthNotes(desk, daughter, { elderId, notes: { medicines: '阿司匹林' }, now: NOW });
    const watched = heardIndex(GRID, 'key', NOW, deviceId);
    const device = { deviceId, elderId, kind: 'key', area: GRID, registeredAt: NOW, tokensFrom: 0, rev: 1 };
    for (const Item of [
      { ...deviceKey(deviceId), ...watched, ...device },
      { ...elderDeviceKey(elderId, deviceId), deviceId },
    ])
      await desk.db.send(new PutCommand({ TableName: desk.alertsTable, Item }));

    const death = { elderId, rev: 2, diedOn: TODAY };
    await elder(death);
    await elder(death);
    expect(await desk.item(cardKey(elderId))).not.toHaveProperty('gsi1pk');
    expect(await desk.item(deviceKey(deviceId))).not.toHaveProperty('gsi2pk');
    const in90Days = Date.parse(NOW) / 1000 + 90 * 86_400;
    expect(await desk.item(contactKey(elderId, contactId))).toHaveProperty('ttl', in90Days);
    expect(await desk.item(healthNotesKey(elderId))).toHaveProperty('ttl', in90Days);

    await elder({ elderId, rev: 3 });
    // The news of the death comes once more, late.
    await elder(death);
    expect(await desk.item(cardKey(elderId))).toMatchObject({ gsi1pk: 'DRILLS#6201', diedOn: null });
    expect(await desk.item(deviceKey(deviceId))).toMatchObject(watched);
    expect(await desk.item(contactKey(elderId, contactId))).not.toHaveProperty('ttl');
    expect(await desk.item(healthNotesKey(elderId))).not.toHaveProperty('ttl');
  });
});

describe('who is on duty', () => {
  it('is whoever answers alerts, in the roster of their area', async () => {
    const personId = id(21);
    await person({ personId, role: 'grid-worker', area: GRID, name: '网格员' });
    await person({ personId: id(22), role: 'canteen-staff', area: GRID, name: '厨师' });
    await person({ personId: id(23), role: 'family' });
    expect(await desk.item(dutyKey(GRID))).toEqual({
      ...dutyKey(GRID),
      gsi1pk: 'DUTY-OF#6201',
      gsi1sk: GRID,
      area: GRID,
      people: { [personId]: { name: '网格员', role: 'grid-worker', phone: '19900002222' } },
    });
  });

  it('leaves the roster of the old area, and late news of it does not bring them back', async () => {
    const personId = id(24);
    const [here, there] = [`${COMMUNITY}011`, `${COMMUNITY}012`];
    const grid = { personId, role: 'grid-worker' } as const;
    await person({ ...grid, area: here, rev: 1 });
    await person({ ...grid, area: there, rev: 2 });
    await person({ ...grid, area: here, rev: 1 });
    await person({ ...grid, area: there, rev: 2 });
    expect((await desk.item(dutyKey(here)))?.people).toEqual({});
    expect((await desk.item(dutyKey(there)))?.people).toHaveProperty(personId);
  });

  it('is nobody who was removed, also when the news come in the wrong order', async () => {
    const personId = id(25);
    const area = `${COMMUNITY}013`;
    const removed = {
      type: 'person-removed',
      person: { personId, name: '网格员', role: 'grid-worker', area, epoch: 1, rev: 2 },
      at: NOW,
    } as const;
    await told(removed);
    await person({ personId, role: 'grid-worker', area, rev: 1 });
    expect(await desk.item(dutyKey(area))).toBeUndefined();
    await person({ personId, role: 'grid-worker', area, rev: 3 });
    await told({ ...removed, person: { ...removed.person, rev: 4 } });
    expect((await desk.item(dutyKey(area)))?.people).toEqual({});
    const left = await desk.item(personKey(personId));
    expect(left).toMatchObject({ role: 'grid-worker', area, epoch: 1, removedAt: NOW });
    expect(left).not.toHaveProperty('phone');
    expect(left).not.toHaveProperty('openid');
  });

  it('bears many changes of one area at once', async () => {
    const area = `${COMMUNITY}014`;
    const many = Array.from({ length: 12 }, (_, n) => id(300 + n));
    await Promise.all(many.map((personId) => person({ personId, role: 'grid-worker', area })));
    expect(Object.keys((await desk.item(dutyKey(area)))?.people ?? {}).sort()).toEqual(many);
  });
});

describe('a missed meal', () => {
  const missed = (elderId: string, orderId: string, running: number): DomainEvent => ({
    type: 'meal-missed',
    orderId,
    elderId,
    canteenId: 'binhe',
    date: TODAY,
    sitting: 'lunch',
    running,
    at: NOW,
  });
  const taskOf = (orderId: string) => readTask(desk, derivedId('meals-missed', orderId));

  it('is nothing to look after, where it is the first', async () => {
    await elder({ elderId: id(31) });
    await told(missed(id(31), id(310), 1));
    expect(await taskOf(id(310))).toBeUndefined();
  });

  it('opens a check task where it is the second running: told to those near, with a timer, once', async () => {
    const [elderId, orderId] = [id(32), id(320)];
    await elder({ elderId, name: '李秀兰' });
    await person({ ...staff, name: '陈晓梅', rev: 1 });
    await person({ ...gridWorker, name: '网格员', rev: 1 });
    await told(missed(elderId, orderId, 2));
    await told(missed(elderId, orderId, 2));
    const task = await taskOf(orderId);
    expect(task).toMatchObject({
      elderId,
      why: 'meals-missed',
      openedAt: NOW,
      dueAt: '2026-12-01T02:00:00.000Z',
      name: '李秀兰',
      phone: '19900001111',
    });
    for (const who of [staff, gridWorker]) {
      const lines = (await desk.inbox(who)).filter(({ text }) => JSON.stringify(text).includes('李秀兰'));
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatchObject({ kind: 'check-task', drill: false });
    }
    const timer = { type: 'check-task', taskId: task?.taskId, dueAt: task?.dueAt };
    expect(desk.timers.filter((each) => 'taskId' in each && each.taskId === task?.taskId)).toEqual([timer, timer]);
  });

  it('opens no second task while one is open', async () => {
    const elderId = id(33);
    await elder({ elderId });
    await told(missed(elderId, id(330), 2));
    await told(missed(elderId, id(331), 3));
    expect(await taskOf(id(330))).toBeDefined();
    expect(await taskOf(id(331))).toBeUndefined();
  });

  it('does again what was left undone when the timer could not be sent', async () => {
    const [elderId, orderId] = [id(34), id(340)];
    await elder({ elderId });
    desk.broken = true;
    await expect(told(missed(elderId, orderId, 2))).rejects.toThrow();
    desk.broken = false;
    await told(missed(elderId, orderId, 2));
    const { taskId } = (await taskOf(orderId)) ?? {};
    expect(desk.timers.filter((each) => 'taskId' in each && each.taskId === taskId)).toHaveLength(1);
  });

  it('waits for a card that has not come yet, and asks nobody to look after the dead', async () => {
    await expect(told(missed(id(35), id(350), 2))).rejects.toThrow('no card');
    await elder({ elderId: id(36), diedOn: TODAY });
    await told(missed(id(36), id(360), 5));
    expect(await taskOf(id(360))).toBeUndefined();
  });

  it('is over with the elder’s death', async () => {
    const [elderId, orderId] = [id(37), id(370)];
    await elder({ elderId, rev: 1 });
    await told(missed(elderId, orderId, 2));
    await elder({ elderId, rev: 2, diedOn: TODAY });
    expect(await taskOf(orderId)).toMatchObject({ doneAt: NOW });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { familyOfKey } from '../../../functions/alerts/keys.ts';
import { COMMUNITY, id, otherStaff, staff } from '../../support/a-town.ts';
import { type AlertsDesk, AROUND, aDevice, anAlertsDesk, aPress, NEIGHBOUR, plus } from '../../support/alerts-desk.ts';

let desk: AlertsDesk;
beforeAll(async () => {
  desk = await anAlertsDesk();
});
afterAll(() => desk.dynamo.stop());
beforeEach(() => desk.mend());

describe('whom a press is about', () => {
  it('is for a device the elder to whom it is bound now, whatever its token says', async () => {
    const [old, elderId] = [await desk.elder(), await desk.elder()];
    const deviceId = id(6001);
    await desk.put(aDevice({ deviceId, elderId }));
    const press = aPress({ elderId: old, deviceId, by: { role: 'device' }, source: 'key', area: COMMUNITY });
    await desk.keep(press);
    expect(await desk.alert(press.pressId)).toMatchObject({ elderId, deviceId, unverified: false });
  });

  it('is for a device of nobody its community: those on duty there are called, and its place is told', async () => {
    const deviceId = id(6002);
    await desk.put(aDevice({ deviceId, place: '活动室' }));
    const press = aPress({ elderId: id(1), deviceId, by: { role: 'device' }, source: 'smoke', area: COMMUNITY });
    await desk.keep(press);
    const alert = await desk.alert(press.pressId);
    expect(alert).toMatchObject({ subject: `device:${deviceId}`, area: COMMUNITY, address: '活动室' });
    expect(alert.elderId).toBeUndefined();
    await desk.passUntil(plus(130));
    expect(desk.called('voice', press.pressId)).toContain(AROUND.dispatcher.personId);
    expect(desk.called('voice', press.pressId)).toContain(AROUND.duty.personId);
    expect(desk.called('voice', press.pressId)).not.toContain(AROUND.daughter.personId);
  });

  it('is for a device that is not known here what its token says', async () => {
    const elderId = await desk.elder();
    const press = aPress({ elderId, deviceId: id(6003), by: { role: 'device' }, source: 'key', area: COMMUNITY });
    await desk.keep(press);
    expect(await desk.alert(press.pressId)).toMatchObject({ elderId, name: '王建国' });
  });

  it('is for a family member who names nobody their only elder', async () => {
    const family = crypto.randomUUID();
    const elderId = await desk.elder({ family: [family] });
    await desk.put({ ...familyOfKey(family, elderId) });
    const { elderId: _, ...press } = aPress({ by: { personId: family, role: 'family' } });
    await desk.keep(press);
    expect(await desk.alert(press.pressId)).toMatchObject({ elderId, unverified: false });
  });

  it('is for a family member with two elders nobody whom we know: every desk hears of it', async () => {
    const family = crypto.randomUUID();
    for (const elderId of [await desk.elder({ family: [family] }), await desk.elder({ family: [family] })])
      await desk.put({ ...familyOfKey(family, elderId) });
    const { elderId: _, ...press } = aPress({ by: { personId: family, role: 'family' } });
    await desk.keep(press);
    expect(await desk.alert(press.pressId)).toMatchObject({ subject: `person:${family}`, area: '' });
    expect(desk.called('voice')).toContain(AROUND.dispatcher.personId);
    expect(desk.called('inbox')).toContain('desk:0000');
  });

  it('is called unverified when the family member is not bound: the desk alone is called, once', async () => {
    const elderId = await desk.elder();
    const press = aPress({ elderId, by: { personId: AROUND.stranger.personId, role: 'family' } });
    await desk.keep(press);
    expect(await desk.alert(press.pressId)).toMatchObject({ unverified: true, raisedBy: { name: '无关' } });
    await desk.passUntil(plus(400));
    const called = desk.notices(press.pressId).flatMap(({ recipients }) => recipients.map(({ callee }) => callee));
    expect(new Set(called)).toEqual(new Set(['dispatchers']));
    expect(desk.notices(press.pressId)).toHaveLength(1);
  });

  it('does not let the elder’s own press join what a stranger raised', async () => {
    const elderId = await desk.elder();
    const theirs = aPress({ elderId, by: { personId: AROUND.stranger.personId, role: 'family' } });
    const own = aPress({ elderId, at: plus(5) });
    await desk.keep(theirs);
    desk.forget();
    await desk.keep(own);
    expect(await desk.alert(own.pressId)).toMatchObject({ unverified: false });
    expect(desk.called('voice')).toContain(AROUND.daughter.personId);
  });

  it('is unverified from staff of another community, and not from those of their own', async () => {
    const elderId = await desk.elder();
    const by = (who: typeof staff) => ({ by: { personId: who.personId, role: who.role }, area: who.area ?? '' });
    const [foreign, own] = [aPress({ elderId, ...by(otherStaff) }), aPress({ elderId, ...by(staff), at: plus(1) })];
    await desk.keep(foreign);
    await desk.keep(own);
    expect(await desk.alert(foreign.pressId)).toMatchObject({ unverified: true });
    expect(await desk.alert(own.pressId)).toMatchObject({ unverified: false });
  });

  it('may be somebody who has died by the register: the desk is called and told, the family is not', async () => {
    const press = aPress({ elderId: await desk.elder({ diedOn: '2026-11-30' }) });
    await desk.keep(press);
    expect(await desk.timeline(press.pressId)).toEqual(['raised', 'note', 'wave']);
    expect(desk.called('voice')).toEqual([AROUND.dispatcher.personId]);
  });

  it('may be an elder of whom nothing is known: the desks hear of it', async () => {
    const press = aPress({ elderId: crypto.randomUUID() });
    await desk.keep(press);
    expect(await desk.alert(press.pressId)).toMatchObject({ elderId: press.elderId, area: '', contacts: [] });
    expect(desk.called('voice')).toContain(AROUND.dispatcher.personId);
  });

  it('has a circle in which a bad item hides nobody else', async () => {
    const elderId = await desk.elder();
    await desk.put({ pk: `CIRCLE#${elderId}`, sk: 'CONTACT#broken', name: 7 });
    await desk.put({ pk: `CIRCLE#${elderId}`, sk: `CONTACT#${NEIGHBOUR.contactId}`, ...NEIGHBOUR });
    const press = aPress({ elderId });
    await desk.keep(press);
    expect((await desk.alert(press.pressId)).contacts[0]).toEqual({
      name: '张邻居',
      callee: 'neighbours',
      phone: '13700005001',
    });
  });
});

describe('a press that is no emergency', () => {
  it('is a drill throughout: it joins no alert that is real, and no real one joins it', async () => {
    const elderId = await desk.elder();
    const [drill, real] = [aPress({ elderId, drill: true }), aPress({ elderId, at: plus(3) })];
    await desk.keep(drill);
    await desk.keep(real);
    expect(await desk.alert(drill.pressId)).toMatchObject({ drill: true, presses: 1 });
    expect(await desk.alert(real.pressId)).toMatchObject({ drill: false, presses: 1 });
    expect(desk.notices().map((notice) => notice.drill)).toEqual([true, false]);
  });

  it('comes from a device that is being tested, until the test is over', async () => {
    const deviceId = id(6004);
    const elderId = await desk.elder();
    await desk.put(aDevice({ deviceId, elderId, testUntil: plus(600) }));
    const pressed = { deviceId, elderId, by: { role: 'device' }, source: 'key', area: COMMUNITY } as const;
    const [test, real] = [aPress(pressed), aPress({ ...pressed, at: plus(600) })];
    await desk.keep(test);
    await desk.keep(real);
    expect(await desk.alert(test.pressId)).toMatchObject({ drill: true });
    expect(await desk.alert(real.pressId)).toMatchObject({ drill: false });
  });

  it('is a canary: heard on its own channel alone, on no board, in no month, and gone after a week', async () => {
    const canary = { source: 'canary', deviceId: id(6005), by: { role: 'device' }, area: COMMUNITY } as const;
    const { elderId: _, ...press } = aPress(canary);
    const { elderId: __, ...next } = aPress({ ...canary, at: plus(300) });
    await desk.keep(press);
    await desk.keep(next);
    expect(desk.published.map(({ attributes }) => attributes.channels)).toEqual([['canary'], ['canary']]);
    expect(desk.called('canary')).toEqual(['canary', 'canary']);
    const [item] = await desk.part(press.pressId, 'ALERT');
    expect(item).toMatchObject({ canary: true, wave: 1, ttl: expect.any(Number) });
    for (const key of ['gsi1pk', 'gsi2pk', 'dueAt']) expect(item).not.toHaveProperty(key);
    expect(desk.sent).toEqual([]);
  });
});

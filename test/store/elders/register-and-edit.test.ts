import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pauseMeals } from '../../../functions/elders/absence.ts';
import { putTag } from '../../../functions/elders/care-record.ts';
import { getElder, listElders } from '../../../functions/elders/elder-queries.ts';
import { putElder } from '../../../functions/elders/put-elder.ts';
import { isRefusal } from '../../../shared/contracts/refusal.ts';
import { COMMUNITY, daughter, done, GRID, id, NOW, otherStaff, staff, TOMORROW } from '../../support/a-town.ts';
import { anElderForm, anEldersDesk, anIdNumber, district, type EldersDesk } from '../../support/elders-desk.ts';

let desk: EldersDesk;
beforeAll(async () => {
  desk = await anEldersDesk();
});
afterAll(() => desk.dynamo.stop());

const put = (elderId: string, over = {}, who = staff) =>
  putElder(desk, who, { elderId, form: anElderForm(over), now: NOW });
const elsewhere = '620102001002001';

describe('registering an elder', () => {
  it('answers the elder, with the tail of the id number only', async () => {
    const view = done(await put(id(1)));
    expect(view).toMatchObject({ elderId: id(1), rev: 1, diedOn: null, absence: null, area: GRID });
    expect(view.idNumberTail).toBe(anIdNumber('1944-05-01').slice(-4));
    expect(JSON.stringify(view)).not.toContain(anIdNumber('1944-05-01'));
  });

  it('gets the first answer when it is sent again, also after the elder has changed', async () => {
    const first = done(await put(id(2), { idNumber: anIdNumber('1944-05-01', 2) }));
    const again = () => put(id(2), { idNumber: anIdNumber('1944-05-01', 2) });
    expect(await again()).toEqual({ replayed: first });
    done(await put(id(2), { idNumber: anIdNumber('1944-05-01', 2), address: '东岗路2号', rev: 1 }));
    expect(await again()).toEqual({ replayed: first });
  });

  it('refuses an id that stands for somebody else', async () => {
    expect(await put(id(1), { name: '李建国' })).toEqual({ refused: 'id-reused' });
  });

  it('refuses an id number that is registered already, and says nothing of whose it is', async () => {
    const refused = await put(id(3), { name: '李建国' });
    expect(refused).toEqual({ refused: 'already-registered', details: [{ path: 'body.idNumber' }] });
    expect(await getElder(desk, staff, id(3))).toEqual({ refused: 'not-found' });
  });

  it('refuses a home outside the area of who registers, and an elder there', async () => {
    expect(await put(id(4), { area: elsewhere, idNumber: undefined })).toEqual({ refused: 'forbidden' });
    done(await put(id(4), { area: elsewhere, idNumber: undefined }, otherStaff));
    expect(await put(id(4), { idNumber: undefined })).toEqual({ refused: 'forbidden' });
  });

  it('refuses who is too young, and a birth date that the id number contradicts', async () => {
    const refused = await put(id(5), { birthDate: '1990-05-01' });
    expect(refused).toMatchObject({ refused: 'invalid-request', details: [{ path: 'body.birthDate' }, {}] });
  });

  it('registers one elder when two desks send the same id number at once', async () => {
    const idNumber = anIdNumber('1941-01-01', 9);
    const ids = Array.from({ length: 20 }, (_, n) => id(100 + n));
    const answers = await Promise.all(ids.map((each) => put(each, { idNumber, birthDate: '1941-01-01' })));
    const refused = answers.filter(isRefusal);
    expect(answers.length - refused.length).toBe(1);
    expect(new Set(refused.map(({ refused }) => refused))).toEqual(new Set(['already-registered']));
  });

  it('registers once when the same request arrives many times at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => put(id(200), { idNumber: anIdNumber('1944-05-01', 200) })),
    );
    expect(answers.filter(isRefusal)).toEqual([]);
    expect(answers.filter((answer) => 'replayed' in answer)).toHaveLength(19);
  });
});

describe('editing an elder', () => {
  const edit = (elderId: string, rev: number, over = {}, who = staff) => put(elderId, { ...over, rev }, who);

  it('changes what the form says, and removes what it no longer holds', async () => {
    done(await put(id(10), { idNumber: anIdNumber('1944-05-01', 10) }));
    const edited = done(await edit(id(10), 1, { idNumber: undefined, phone: undefined, name: '王建民' }));
    expect(edited).toMatchObject({ name: '王建民', rev: 2 });
    expect(edited.phone).toBeUndefined();
    expect(done(await getElder(desk, staff, id(10)))).toEqual(edited);
  });

  it('keeps the id number that a form leaves out: no view shows it, so no desk can repeat it', async () => {
    const idNumber = anIdNumber('1944-05-01', 77);
    done(await put(id(70), { idNumber }));
    const view = done(await edit(id(70), 1, { idNumber: undefined, address: '东岗路9号' }));
    expect(view).toMatchObject({ address: '东岗路9号', idNumberTail: idNumber.slice(-4) });
    expect(await put(id(71), { idNumber })).toMatchObject({ refused: 'already-registered' });
  });

  it('keeps tags, pause and family', async () => {
    done(await put(id(11), { idNumber: undefined }));
    const tag = { evidence: { kind: '社区证明' }, since: '2020-01-01' };
    done(await putTag(desk, staff, { elderId: id(11), tag: 'living-alone', form: tag, now: NOW }));
    done(
      await pauseMeals(desk, staff, {
        elderId: id(11),
        absence: { reason: 'hospital', from: TOMORROW },
        now: NOW,
      }),
    );
    const edited = done(await edit(id(11), 3, { idNumber: undefined, name: '王建民' }));
    expect(edited).toMatchObject({ rev: 4, absence: { reason: 'hospital', from: TOMORROW } });
  });

  it('gets the first answer when it is sent again, also when something else has changed since', async () => {
    done(await put(id(12), { idNumber: undefined }));
    const form = { idNumber: undefined, address: '东岗路2号' };
    const first = done(await edit(id(12), 1, form));
    expect(await edit(id(12), 1, form)).toEqual({ replayed: first });
    const absence = { reason: 'travel', from: TOMORROW } as const;
    done(await pauseMeals(desk, staff, { elderId: id(12), absence, now: NOW }));
    expect(await edit(id(12), 1, form)).toEqual({ replayed: first });
  });

  it('refuses a revision that is not the newest, and says which one is', async () => {
    done(await put(id(13), { idNumber: undefined }));
    done(await edit(id(13), 1, { idNumber: undefined, name: '甲' }));
    const refused = { refused: 'rev-stale', details: [{ path: 'body.rev', rev: 2 }] };
    expect(await edit(id(13), 1, { idNumber: undefined, name: '乙' })).toEqual(refused);
    expect(await edit(id(13), 7, { idNumber: undefined, name: '乙' })).toEqual(refused);
  });

  it('lets one of many edits of the same revision win', async () => {
    done(await put(id(14), { idNumber: undefined }));
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => edit(id(14), 1, { idNumber: undefined, name: `王${n}` })),
    );
    const won = answers.filter((answer) => !isRefusal(answer));
    expect(won).toHaveLength(1);
    expect(new Set(answers.filter(isRefusal).map(({ refused }) => refused))).toEqual(new Set(['rev-stale']));
    expect(done(await getElder(desk, staff, id(14)))).toEqual(won[0]);
  });

  it('frees an id number that is given up, and takes the new one', async () => {
    const [old, next] = [anIdNumber('1944-05-01', 15), anIdNumber('1944-05-01', 16)];
    done(await put(id(15), { idNumber: old }));
    done(await edit(id(15), 1, { idNumber: next }));
    done(await put(id(16), { idNumber: old }));
    expect(await put(id(17), { idNumber: next })).toMatchObject({ refused: 'already-registered' });
  });

  it('refuses the id number of another elder, and changes nothing', async () => {
    done(await put(id(18), { idNumber: anIdNumber('1944-05-01', 18) }));
    done(await put(id(19), { idNumber: anIdNumber('1944-05-01', 19) }));
    expect(await edit(id(19), 1, { idNumber: anIdNumber('1944-05-01', 18) })).toMatchObject({
      refused: 'already-registered',
    });
    expect(done(await getElder(desk, staff, id(19))).rev).toBe(1);
  });

  it('moves nobody out of the area of who edits; district staff may, inside theirs', async () => {
    done(await put(id(20), { idNumber: undefined }));
    expect(await edit(id(20), 1, { idNumber: undefined, area: elsewhere })).toEqual({ refused: 'forbidden' });
    done(await edit(id(20), 1, { idNumber: undefined, area: elsewhere }, district));
    expect(await getElder(desk, staff, id(20))).toEqual({ refused: 'forbidden' });
    const { elders } = done(await listElders(desk, { area: '620102001002' }));
    expect(elders.map(({ elderId }) => elderId)).toContain(id(20));
  });

  it('finds nobody to edit under an id that stands for nobody', async () => {
    expect(await edit(id(99), 3, { idNumber: undefined })).toEqual({ refused: 'not-found' });
  });
});

describe('who may see an elder', () => {
  it('is staff of the area, and nobody else without a tie; the answer is the same everywhere', async () => {
    done(await put(id(30), { idNumber: undefined }));
    expect(done(await getElder(desk, staff, id(30))).elderId).toBe(id(30));
    expect(done(await getElder(desk, district, id(30))).elderId).toBe(id(30));
    expect(await getElder(desk, otherStaff, id(30))).toEqual({ refused: 'forbidden' });
    expect(await getElder(desk, daughter, id(30))).toEqual({ refused: 'forbidden' });
    expect(await getElder(desk, { ...daughter, role: 'elder', elderId: id(31) }, id(30))).toEqual({
      refused: 'forbidden',
    });
    expect(done(await getElder(desk, { ...daughter, role: 'elder', elderId: id(30) }, id(30))).elderId).toBe(id(30));
    expect(await getElder(desk, otherStaff, id(31))).toEqual({ refused: 'not-found' });
    expect(COMMUNITY).toBe(staff.area);
  });
});

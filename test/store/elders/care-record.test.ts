import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getAccessLog } from '../../../functions/elders/access-log.ts';
import { getCareRecord, putAbility, putTag } from '../../../functions/elders/care-record.ts';
import { putElder } from '../../../functions/elders/put-elder.ts';
import type { TagForm } from '../../../shared/contracts/elders.ts';
import { isRefusal } from '../../../shared/contracts/refusal.ts';
import { toInstant } from '../../../shared/values/dates.ts';
import { daughter, done, id, NOW, otherStaff, staff, TODAY } from '../../support/a-town.ts';
import { anElderForm, anEldersDesk, district, type EldersDesk } from '../../support/elders-desk.ts';

let desk: EldersDesk;
beforeAll(async () => {
  desk = await anEldersDesk();
});
afterAll(() => desk.dynamo.stop());

const later = (ms: number) => toInstant(Date.parse(NOW) + ms);
const aTag = (over: Partial<TagForm> = {}): TagForm => ({
  evidence: { kind: '残疾证', number: '62010219440501001142' },
  since: '2020-01-01',
  ...over,
});
const disabled = (elderId: string, over: Partial<TagForm> = {}, who = staff, now = NOW) =>
  putTag(desk, who, { elderId, tag: 'disabled', form: aTag({ grade: 2, ...over }), now });
const anAbility = { level: 'severe', assessedOn: '2026-10-01', evidence: { kind: '评估报告' } } as const;
const logOf = async (elderId: string) => done(await getAccessLog(desk, staff, { elderId })).entries;

describe('tags and ability', () => {
  it('are set with their evidence, one of each kind, and logged with who did it', async () => {
    await desk.register(id(1), { idNumber: undefined });
    expect(done(await disabled(id(1))).tags).toEqual([{ tag: 'disabled', ...aTag({ grade: 2 }) }]);
    const record = done(await disabled(id(1), { grade: 1 }, staff, later(1000)));
    expect(record.tags).toEqual([{ tag: 'disabled', ...aTag({ grade: 1 }) }]);
    const both = done(await putAbility(desk, district, { elderId: id(1), form: anAbility, now: later(2000) }));
    expect(both).toMatchObject({ ability: anAbility, tags: [{ tag: 'disabled' }] });
    expect(await logOf(id(1))).toEqual([
      { at: later(2000), personId: district.personId, role: 'district-staff', what: 'ability', reason: 'assessment' },
      {
        at: later(1000),
        personId: staff.personId,
        role: 'community-staff',
        what: 'tag disabled',
        reason: 'assessment',
      },
      { at: NOW, personId: staff.personId, role: 'community-staff', what: 'tag disabled', reason: 'assessment' },
    ]);
  });

  it('keep what stood there before with the log, as proof', async () => {
    const { Items = [] } = await desk.db.send(
      new QueryCommand({
        TableName: desk.eldersTable,
        KeyConditionExpression: 'pk = :elder AND begins_with(sk, :access)',
        ExpressionAttributeValues: { ':elder': `ELDER#${id(1)}`, ':access': 'ACCESS#' },
      }),
    );
    expect(Items[1]?.before).toEqual({ tag: 'disabled', ...aTag({ grade: 2 }) });
  });

  it('stay as they are when the same is sent again, and that is logged as a look', async () => {
    await desk.register(id(2), { idNumber: undefined });
    const first = done(await disabled(id(2)));
    expect(await disabled(id(2), {}, staff, later(1))).toEqual({ replayed: first });
    expect(
      done(
        await putElder(desk, staff, { elderId: id(2), form: anElderForm({ idNumber: undefined, rev: 2 }), now: NOW }),
      ).rev,
    ).toBe(3);
    expect(await logOf(id(2))).toHaveLength(2);
    const ability = done(await putAbility(desk, staff, { elderId: id(2), form: anAbility, now: NOW }));
    expect(await putAbility(desk, staff, { elderId: id(2), form: anAbility, now: NOW })).toEqual({ replayed: ability });
  });

  it('are ended by a last day', async () => {
    await desk.register(id(3), { idNumber: undefined });
    done(await disabled(id(3)));
    expect(done(await disabled(id(3), { until: TODAY })).tags).toMatchObject([{ tag: 'disabled', until: TODAY }]);
  });

  it('refuse a grade that the kind does not have, and nothing is written', async () => {
    await desk.register(id(4), { idNumber: undefined });
    expect(await disabled(id(4), { grade: 5 })).toMatchObject({
      refused: 'invalid-request',
      details: [{ path: 'body.grade' }],
    });
    expect(await logOf(id(4))).toEqual([]);
  });

  it('refuse a stranger before looking at the form', async () => {
    await desk.register(id(5), { idNumber: undefined });
    expect(await disabled(id(5), { grade: 5 }, otherStaff)).toEqual({ refused: 'forbidden' });
    expect(await disabled(id(404))).toEqual({ refused: 'not-found' });
  });

  it('all arrive when several are set at once', async () => {
    await desk.register(id(6), { idNumber: undefined });
    const tags = ['disabled', 'dementia', 'living-alone', 'low-income'] as const;
    const answers = await Promise.all(
      tags.map((tag) => putTag(desk, staff, { elderId: id(6), tag, form: aTag(), now: NOW })),
    );
    expect(answers.filter(isRefusal)).toEqual([]);
    const record = done(await getCareRecord(desk, staff, { elderId: id(6), reason: 'assessment', now: NOW }));
    expect(record.tags.map(({ tag }) => tag)).toEqual([...tags].sort());
  });
});

describe('opening the care record', () => {
  it('is logged with its reason before anything is shown', async () => {
    await desk.register(id(10), { idNumber: undefined });
    const record = await getCareRecord(desk, staff, { elderId: id(10), reason: 'visit', now: NOW });
    expect(record).toEqual({ elderId: id(10), tags: [], ability: null });
    expect(await logOf(id(10))).toEqual([
      { at: NOW, personId: staff.personId, role: 'community-staff', what: 'care-record', reason: 'visit' },
    ]);
  });

  it('shows nothing when the log cannot be written', async () => {
    await desk.register(id(11), { idNumber: undefined });
    const writing = desk.db;
    const readOnly = Object.create(writing) as typeof writing;
    readOnly.send = ((command: { constructor: { name: string } }) => {
      if (command.constructor.name === 'PutCommand') return Promise.reject(new Error('no writing today'));
      return writing.send(command as never);
    }) as typeof writing.send;
    const opening = getCareRecord({ ...desk, db: readOnly }, staff, { elderId: id(11), reason: 'visit', now: NOW });
    await expect(opening).rejects.toThrow('no writing today');
  });

  it('is for who may act for the elder alone, and a refused try leaves no entry', async () => {
    await desk.register(id(12), { idNumber: undefined });
    for (const who of [otherStaff, daughter]) {
      expect(await getCareRecord(desk, who, { elderId: id(12), reason: 'visit', now: NOW })).toEqual({
        refused: 'forbidden',
      });
      expect(await getAccessLog(desk, who, { elderId: id(12) })).toEqual({ refused: 'forbidden' });
    }
    expect(await logOf(id(12))).toEqual([]);
  });

  it('is listed newest first, page by page, each entry once', async () => {
    await desk.register(id(13), { idNumber: undefined });
    for (let n = 0; n < 60; n++) {
      done(await getCareRecord(desk, staff, { elderId: id(13), reason: 'visit', now: later(n) }));
    }
    const first = done(await getAccessLog(desk, staff, { elderId: id(13) }));
    const second = done(await getAccessLog(desk, staff, { elderId: id(13), cursor: first.cursor }));
    expect([first.entries.length, second.entries.length, second.cursor]).toEqual([50, 10, undefined]);
    const times = [...first.entries, ...second.entries].map(({ at }) => at);
    expect(times).toEqual(Array.from({ length: 60 }, (_, n) => later(59 - n)));
    expect(await getAccessLog(desk, staff, { elderId: id(13), cursor: 'eyJzayI6IkVMREVSIn0' })).toMatchObject({
      refused: 'invalid-request',
    });
  });
});

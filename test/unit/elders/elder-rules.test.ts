import { describe, expect, it } from 'vitest';
import {
  abilityFaults,
  absenceFaults,
  deathFaults,
  elderFormFaults,
  PAUSE_AHEAD_DAYS,
  PAUSE_BACK_DAYS,
  refuseFaults,
  tagFaults,
} from '../../../functions/elders/elder-rules.ts';
import { addDays } from '../../../shared/values/dates.ts';
import { TODAY } from '../../support/a-town.ts';
import { anIdNumber } from '../../support/elders-desk.ts';

const fieldsOf = (faults: readonly { field: string }[]) => faults.map(({ field }) => field);

describe('registering an elder', () => {
  it('takes somebody on the day of the sixtieth birthday, and not the day before', () => {
    expect(elderFormFaults({ birthDate: '1966-12-01' }, TODAY)).toEqual([]);
    expect(fieldsOf(elderFormFaults({ birthDate: '1966-12-02' }, TODAY))).toEqual(['birthDate']);
  });

  it('does not take a birth date to come, or one that nobody alive has', () => {
    expect(fieldsOf(elderFormFaults({ birthDate: '2027-01-01' }, TODAY))).toEqual(['birthDate']);
    expect(fieldsOf(elderFormFaults({ birthDate: '1900-01-01' }, TODAY))).toEqual(['birthDate']);
  });

  it('says what birth date the id number holds, when it is another one', () => {
    expect(elderFormFaults({ birthDate: '1944-05-01', idNumber: anIdNumber('1944-05-01') }, TODAY)).toEqual([]);
    const [fault] = elderFormFaults({ birthDate: '1944-05-01', idNumber: anIdNumber('1944-01-05') }, TODAY);
    expect(fault?.field).toBe('birthDate');
    expect(fault?.message.en).toContain('1944-01-05');
    expect(fault?.message.zh).toContain('1944-01-05');
  });

  it('tells a refusal’s place in the body, in both languages', () => {
    expect(refuseFaults(elderFormFaults({ birthDate: '2000-01-01' }, TODAY))).toEqual({
      refused: 'invalid-request',
      details: [{ path: 'body.birthDate', message: 'An elder is 60 or over.', zh: '未满 60 岁，不能登记为老人。' }],
    });
    expect(refuseFaults([])).toBeUndefined();
  });
});

describe('a tag', () => {
  const form = { evidence: { kind: '残疾证' }, since: '2020-01-01' };

  it.each([
    ['disabled', 4],
    ['preferential-treatment', 10],
  ] as const)('of %s has grades up to %i', (tag, highest) => {
    expect(tagFaults(tag, { ...form, grade: highest }, TODAY)).toEqual([]);
    expect(tagFaults(tag, form, TODAY)).toEqual([]);
    if (highest < 10) expect(fieldsOf(tagFaults(tag, { ...form, grade: highest + 1 }, TODAY))).toEqual(['grade']);
  });

  it('of a kind without grades has none', () => {
    expect(fieldsOf(tagFaults('living-alone', { ...form, grade: 1 }, TODAY))).toEqual(['grade']);
  });

  it('does not rest on a paper that is issued tomorrow', () => {
    const evidence = { kind: '低保证', issuedOn: addDays(TODAY, 1) };
    expect(fieldsOf(tagFaults('minimum-living', { ...form, evidence }, TODAY))).toEqual(['evidence.issuedOn']);
  });
});

it('does not take an assessment of a day to come', () => {
  const form = { level: 'mild' as const, assessedOn: addDays(TODAY, 1), evidence: { kind: '评估报告' } };
  expect(fieldsOf(abilityFaults(form, TODAY))).toEqual(['assessedOn']);
  expect(abilityFaults({ ...form, assessedOn: TODAY }, TODAY)).toEqual([]);
});

describe('a pause', () => {
  const pause = (from: string, until?: string) => ({
    reason: 'hospital' as const,
    from,
    ...(until !== undefined && { until }),
  });

  it('may have begun up to a month ago, and may be open at the end', () => {
    expect(absenceFaults(pause(addDays(TODAY, -PAUSE_BACK_DAYS)), TODAY)).toEqual([]);
    expect(fieldsOf(absenceFaults(pause(addDays(TODAY, -PAUSE_BACK_DAYS - 1)), TODAY))).toEqual(['from']);
  });

  it('of one day is fine; one that ends before it starts is not', () => {
    expect(absenceFaults(pause(TODAY, TODAY), TODAY)).toEqual([]);
    expect(fieldsOf(absenceFaults(pause(TODAY, addDays(TODAY, -1)), TODAY))).toEqual(['until']);
  });

  it('of days that are over pauses nothing', () => {
    expect(fieldsOf(absenceFaults(pause(addDays(TODAY, -5), addDays(TODAY, -1)), TODAY))).toEqual(['until']);
  });

  it('lies at most a year ahead', () => {
    expect(absenceFaults(pause(addDays(TODAY, PAUSE_AHEAD_DAYS)), TODAY)).toEqual([]);
    expect(fieldsOf(absenceFaults(pause(addDays(TODAY, PAUSE_AHEAD_DAYS + 1)), TODAY))).toEqual(['from']);
  });
});

it('takes a death of today or before, and none before birth', () => {
  expect(deathFaults(TODAY, '1944-05-01', TODAY)).toEqual([]);
  expect(fieldsOf(deathFaults(addDays(TODAY, 1), '1944-05-01', TODAY))).toEqual(['diedOn']);
  expect(fieldsOf(deathFaults('1944-04-30', '1944-05-01', TODAY))).toEqual(['diedOn']);
});

import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listElders } from '../../../functions/elders/elder-queries.ts';
import { importElders } from '../../../functions/elders/import-elders.ts';
import { ElderImportReport } from '../../../shared/contracts/elders.ts';
import { COMMUNITY, done, id, NOW, staff } from '../../support/a-town.ts';
import { anEldersDesk, anIdNumber, type EldersDesk } from '../../support/elders-desk.ts';

let desk: EldersDesk;
beforeAll(async () => {
  desk = await anEldersDesk();
});
afterAll(() => desk.dynamo.stop());

const HEADER = '姓名,性别,出生日期,电话,身份证号,网格,地址';
const row = (n: number, over: { idNumber?: string; sex?: string; name?: string } = {}) =>
  `${over.name ?? `老人${n}`},${over.sex ?? '女'},1944-05-01,13800${String(n).padStart(6, '0')},${over.idNumber ?? anIdNumber('1944-05-01', n)},001,滨河路${n}号`;
const load = async (lines: readonly string[], over: { dryRun?: boolean; goodRowsOnly?: boolean } = {}) => {
  const body = { csv: [HEADER, ...lines].join('\n'), dryRun: false, ...over };
  const report = await importElders(desk, staff, { area: COMMUNITY, body, now: NOW });
  return ElderImportReport.parse(report);
};
const count = async () =>
  ((await desk.db.send(new ScanCommand({ TableName: desk.eldersTable }))).Items ?? []).filter(({ pk }) =>
    String(pk).startsWith('ELDER#'),
  ).length;

describe('importing elders', () => {
  it('says in a dry run what would happen, and writes nothing', async () => {
    expect(await load([row(1), row(2)], { dryRun: true })).toEqual({ rows: 2, good: 2, imported: 0, errors: [] });
    expect(await count()).toBe(0);
  });

  it('registers nobody when one row is bad', async () => {
    const report = await load([row(1), row(2, { sex: '?' })]);
    expect(report).toMatchObject({ rows: 2, good: 1, imported: 0, errors: [{ row: 3, column: '性别' }] });
    expect(await count()).toBe(0);
  });

  it('registers the good rows when that is asked for', async () => {
    const report = await load([row(1), row(2, { sex: '?' }), row(3)], { goodRowsOnly: true });
    expect(report).toMatchObject({ rows: 3, good: 2, imported: 2, errors: [{ row: 3 }] });
    const { elders } = done(await listElders(desk, { area: COMMUNITY }));
    expect(elders.map(({ name }) => name)).toEqual(['老人1', '老人3']);
  });

  it('registers nobody twice when the same file comes again', async () => {
    const before = await count();
    expect(await load([row(1), row(3)])).toEqual({ rows: 2, good: 2, imported: 2, errors: [] });
    expect(await count()).toBe(before);
  });

  it('finds who stands in the file twice', async () => {
    const report = await load([row(10), row(11), row(10)]);
    expect(report).toMatchObject({ good: 2, imported: 0 });
    expect(report.errors).toEqual([
      {
        row: 4,
        column: '身份证号',
        found: anIdNumber('1944-05-01', 10),
        message: { zh: '和第 2 行是同一位老人。', en: 'The same elder as in row 2.' },
      },
    ]);
  });

  it('finds who is registered already, at the desk or by an import with other words', async () => {
    const idNumber = anIdNumber('1944-05-01', 20);
    await desk.register(id(20), { idNumber, area: '620102001002001' });
    const report = await load([row(20, { idNumber }), row(1, { name: '别人' }), row(21)]);
    expect(report.errors.map(({ row, column }) => [row, column])).toEqual([
      [2, '身份证号'],
      [3, '身份证号'],
    ]);
    expect(report).toMatchObject({ good: 1, imported: 0 });
  });

  it('registers 500 elders from one file, and again nobody', async () => {
    const lines = Array.from({ length: 500 }, (_, n) =>
      row(100 + n).replace(/,1944-05-01,(\d+),\w+,/, ',1944-05-01,$1,,'),
    );
    const before = await count();
    expect(await load(lines)).toEqual({ rows: 500, good: 500, imported: 500, errors: [] });
    expect(await load(lines)).toEqual({ rows: 500, good: 500, imported: 500, errors: [] });
    expect(await count()).toBe(before + 500);
  });

  it('registers each elder once when two desks import one file at the same time', async () => {
    const lines = Array.from({ length: 40 }, (_, n) => row(700 + n));
    const before = await count();
    const reports = await Promise.all([load(lines), load(lines)]);
    for (const report of reports) expect(report).toMatchObject({ good: 40, imported: 40, errors: [] });
    expect(await count()).toBe(before + 40);
  });
});

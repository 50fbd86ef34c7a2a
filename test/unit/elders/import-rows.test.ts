import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importedElderId } from '../../../functions/elders/import-elders.ts';
import { MAX_ROWS, readElderRows } from '../../../functions/elders/import-rows.ts';
import { ElderForm, ElderImportReport } from '../../../shared/contracts/elders.ts';
import { Uuid } from '../../../shared/values/ids.ts';
import { COMMUNITY, GRID, TODAY } from '../../support/a-town.ts';
import { anElderForm, anIdNumber } from '../../support/elders-desk.ts';

const HEADER = '姓名,性别,出生日期,电话,身份证号,网格,地址,本地户籍,过敏,饮食';
const ID = anIdNumber('1944-05-01');
const ROW = `王建国,男,1944-05-01,19900001111,${ID},001,滨河路1号,是,花生;鱼,低盐`;
const read = (...lines: string[]) => readElderRows(lines.join('\n'), COMMUNITY, TODAY);
const placesOf = ({ errors }: ReturnType<typeof read>) => errors.map(({ row, column }) => `${row} ${column}`);

describe('a file of elders', () => {
  it('gives a form for each row', () => {
    const file = read(HEADER, ROW);
    expect(file.errors).toEqual([]);
    expect(file.good).toEqual([
      {
        row: 2,
        form: anElderForm({ address: '滨河路1号', allergens: ['peanut', 'fish'], diets: ['low-salt'] }),
      },
    ]);
  });

  it('may name its columns in English, in any order, and leave out what is not needed', () => {
    const file = read('Address,grid,NAME,sex,birthDate', '"滨河路1号, 101",001,王建国,female,1944/5/1');
    expect(file.errors).toEqual([]);
    expect(file.good[0]?.form).toEqual({
      name: '王建国',
      sex: 'female',
      birthDate: '1944-05-01',
      area: GRID,
      address: '滨河路1号, 101',
      localHousehold: true,
      allergens: [],
      diets: [],
      rev: 0,
    });
  });

  it('may begin with a byte-order mark, have CRLF, quoted cells and blank lines', () => {
    const file = readElderRows(
      `\ufeff${HEADER}\r\n\r\n${ROW.replace('滨河路1号', '"滨河路""1""号"')}\r\n,,,\r\n`,
      COMMUNITY,
      TODAY,
    );
    expect(file.errors).toEqual([]);
    expect(file.good.map(({ row, form }) => [row, form.address])).toEqual([[3, '滨河路"1"号']]);
  });

  it.each([['1944-05-01'], ['1944/5/1'], ['1944.05.01'], ['19440501'], ['1944年5月1日']])(
    'may write the birth date as %s',
    (date) => {
      expect(read(HEADER, ROW.replace('1944-05-01', date)).good[0]?.form.birthDate).toBe('1944-05-01');
    },
  );

  it('takes a blank birth date from the id number', () => {
    expect(read(HEADER, ROW.replace('1944-05-01', '')).good[0]?.form.birthDate).toBe('1944-05-01');
  });

  it('may write a phone with blanks, dashes and +86, and the id number’s last x small', () => {
    const withX = [...Array(40).keys()]
      .map((serial) => anIdNumber('1944-05-01', serial))
      .find((each) => each.endsWith('X'));
    const file = read(HEADER, ROW.replace('19900001111', '+86 199-0000-1111').replace(ID, `${withX?.toLowerCase()}`));
    expect(file.errors).toEqual([]);
    expect(file.good[0]?.form).toMatchObject({ phone: '19900001111', idNumber: withX });
  });

  it('keeps what looks like a formula as text, but takes no name that does', () => {
    expect(read(HEADER, ROW.replace('滨河路1号', '=HYPERLINK(1)')).good[0]?.form.address).toBe('=HYPERLINK(1)');
    for (const sign of ['=', '+', '-', '@']) {
      expect(placesOf(read(HEADER, ROW.replace('王建国', `${sign}王建国`)))).toEqual(['2 姓名']);
    }
  });

  it('tells each mistake with its row, its column, what was found and what would be right', () => {
    const file = read(
      HEADER,
      ROW,
      ROW.replace('男', '男性'),
      ROW.replace('1944-05-01', '1944-02-30'),
      ROW.replace('19900001111', '12345'),
      ROW.replace(ID, `${ID.slice(0, 17)}${ID.endsWith('1') ? '2' : '1'}`),
      ROW.replace(',001,', ',620102001002001,'),
      ROW.replace('滨河路1号', ''),
      ROW.replace('是', '也许'),
      ROW.replace('花生', '草莓'),
      ROW.replace('低盐', '低盐、低盐'),
      ROW.replace('1944-05-01', '1990-01-01'),
    );
    expect(file.rows).toBe(11);
    expect(file.good.map(({ row }) => row)).toEqual([2]);
    expect(placesOf(file)).toEqual([
      '3 性别',
      '4 出生日期',
      '5 电话',
      '6 身份证号',
      '7 网格',
      '8 地址',
      '9 本地户籍',
      '10 过敏',
      '11 饮食',
      '12 出生日期',
      '12 出生日期',
    ]);
    expect(file.errors[0]).toEqual({
      row: 3,
      column: '性别',
      found: '男性',
      message: { zh: '写“女”或“男”。', en: 'Write female or male.' },
    });
    expect(file.errors[5]?.message.zh).toBe('这一格不能空着。');
  });

  it('tells every mistake of a row at once', () => {
    expect(placesOf(read(HEADER, ROW.replace('男', '?').replace('19900001111', '1')))).toEqual(['2 性别', '2 电话']);
  });

  it('says which columns there are, when one is unknown, missing or there twice', () => {
    const file = read(HEADER.replace('性别', '星座'), ROW);
    expect(placesOf(file)).toEqual(['1 星座', '1 性别']);
    expect(file.errors[0]?.message.zh).toContain('姓名、性别、出生日期');
    expect(placesOf(read(`${HEADER},姓名`, ROW))).toEqual(['1 姓名']);
  });

  it('finds cells without a column', () => {
    expect(placesOf(read(HEADER, `${ROW},多余`))).toEqual(['2 ']);
    expect(placesOf(read(HEADER, `${ROW},`))).toEqual([]);
  });

  it('says so when it was saved in another encoding', () => {
    const text = new TextDecoder().decode(new Uint8Array([0xd0, 0xd5, 0xc3, 0xfb]));
    expect(read(text).errors[0]?.message.zh).toContain('UTF-8');
  });

  it.each([
    ['empty', ''],
    ['blank', '\n\n'],
  ])('says so when it is %s', (_, csv) => {
    expect(readElderRows(csv, COMMUNITY, TODAY).errors[0]?.message.zh).toBe('文件是空的。');
  });

  it('says so when its quotes do not match', () => {
    expect(read(HEADER, '"王建国,男').errors[0]?.message.zh).toContain('引号');
  });

  it(`has at most ${MAX_ROWS} rows`, () => {
    const rows = (count: number) => Array.from({ length: count }, () => ROW);
    expect(read(HEADER, ...rows(MAX_ROWS)).errors).toEqual([]);
    expect(read(HEADER, ...rows(MAX_ROWS + 1)).errors[0]?.message.zh).toContain(String(MAX_ROWS));
  });

  it('never throws and never gives a form that the contract does not take, whatever stands in it', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom('', '男', '001', '1944-05-01', ID, '"', '\r'),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 11 }), { maxLength: 4 }), fc.boolean(), (rows, quoted) => {
        const lines = rows.map((cells) => cells.map((each) => (quoted ? JSON.stringify(each) : each)).join(','));
        const file = readElderRows([HEADER, ...lines].join('\n'), COMMUNITY, TODAY);
        for (const { form } of file.good) expect(ElderForm.safeParse(form).success).toBe(true);
        const report = { rows: file.rows, good: file.good.length, imported: 0, errors: file.errors };
        expect(ElderImportReport.safeParse(report).success).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the id of an imported elder', () => {
  it('is a UUID that depends on the community and the id number alone, where there is one', () => {
    const made = importedElderId(COMMUNITY, anElderForm());
    expect(Uuid.safeParse(made).success).toBe(true);
    expect(importedElderId(COMMUNITY, anElderForm({ name: '王建 国', phone: '13800000000' }))).toBe(made);
    expect(importedElderId('620102001002', anElderForm())).not.toBe(made);
    expect(importedElderId(COMMUNITY, anElderForm({ idNumber: anIdNumber('1944-05-01', 2) }))).not.toBe(made);
  });

  it('depends on name, birth date and phone where there is none', () => {
    const { idNumber: _, ...form } = anElderForm();
    const made = importedElderId(COMMUNITY, form);
    expect(Uuid.safeParse(made).success).toBe(true);
    expect(importedElderId(COMMUNITY, { ...form, name: '王建民' })).not.toBe(made);
    expect(importedElderId(COMMUNITY, { ...form, phone: '13800000000' })).not.toBe(made);
  });
});

import { CsvError, parse } from 'csv-parse/sync';
import { Allergen, Diet } from '../../shared/contracts/diet.ts';
import { ElderForm, type ElderImportReport, IdNumber } from '../../shared/contracts/elders.ts';
import type { IsoDate } from '../../shared/values/dates.ts';
import type { Bilingual } from '../../shared/values/text.ts';
import { birthDateOfId, elderFormFaults } from './elder-rules.ts';
import {
  ALLERGEN_WORDS,
  COLUMNS,
  type Column,
  columnOf,
  DIET_WORDS,
  IMPORT_COLUMNS,
  knownHeaders,
  SEX_WORDS,
  YES_NO_WORDS,
} from './import-columns.ts';

export type RowError = ElderImportReport['errors'][number];
/** A row that is right by itself. `row` counts as a spreadsheet does: the header is row 1. */
export interface GoodRow {
  readonly row: number;
  readonly form: ElderForm;
}
export interface ReadFile {
  /** Rows below the header. */
  readonly rows: number;
  readonly good: readonly GoodRow[];
  readonly errors: readonly RowError[];
}

/** Rows in one request; longer files are sent in parts. */
export const MAX_ROWS = 500;
const SHOWN = 60;
const HEADER = 1;

export const rowError = (row: number, column: string, found: string, zh: string, en: string): RowError => ({
  row,
  column,
  found: shown(found),
  message: { zh, en },
});

/** Cut at a whole character. */
const shown = (text: string): string => [...text.toWellFormed()].slice(0, SHOWN).join('');

const wholeFile = (found: string, zh: string, en: string): ReadFile => ({
  rows: 0,
  good: [],
  errors: [rowError(HEADER, '', found, zh, en)],
});

/**
 * Reads a file of elders: every row that is right becomes a form, everything that is wrong an error with its row, its column,
 * what was found there and what is wrong with it. Blank lines are left out. A byte-order mark, CRLF and quoted cells are
 * fine; a file that was not UTF-8 is told as such.
 */
export function readElderRows(csv: string, community: string, today: IsoDate): ReadFile {
  if (csv.includes('\ufffd')) {
    return wholeFile(
      '\ufffd',
      '文件不是 UTF-8 编码（可能是 GBK/GB18030）。请在表格软件里另存为“CSV UTF-8”再导入。',
      'The file is not UTF-8 (perhaps GBK/GB18030). Save it as “CSV UTF-8” and import it again.',
    );
  }
  const cells = cellsOf(csv);
  if ('errors' in cells) return cells;
  const [header, ...lines] = cells;
  if (header === undefined) return wholeFile('', '文件是空的。', 'The file is empty.');
  const columns = columnsOf(header.cells);
  if ('errors' in columns) return columns;
  if (lines.length > MAX_ROWS) {
    return wholeFile(
      String(lines.length),
      `一次最多导入 ${MAX_ROWS} 行，请分成几个文件，每个都带表头。`,
      `At most ${MAX_ROWS} rows at once; split the file, each part with the header.`,
    );
  }
  const good: GoodRow[] = [];
  const errors: RowError[] = [];
  for (const line of lines) {
    const form = formOf(line, columns, community, today);
    if ('errors' in form) errors.push(...form.errors);
    else good.push({ row: line.row, form: form.form });
  }
  return { rows: lines.length, good, errors };
}

interface Line {
  readonly row: number;
  readonly cells: readonly string[];
}

function cellsOf(csv: string): Line[] | ReadFile {
  let row = 0;
  try {
    const records: string[][] = parse(csv, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: false,
      trim: true,
      max_record_size: 8_000,
    });
    return records
      .map((cells) => {
        row += 1;
        return { row, cells };
      })
      .filter(({ cells }) => cells.some((cell) => cell !== ''));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const at = Number(error.lines ?? HEADER);
    return {
      ...wholeFile('', '', ''),
      errors: [
        rowError(
          at,
          '',
          '',
          '这一行的引号不成对，或一格太长。',
          'The quotes of this row do not match, or a cell is too long.',
        ),
      ],
    };
  }
}

type Columns = readonly (Column | undefined)[];

function columnsOf(header: readonly string[]): { readonly at: Columns } | ReadFile {
  const at = header.map((cell) => columnOf(cell));
  const errors: RowError[] = [];
  const known = knownHeaders();
  for (const [index, cell] of header.entries()) {
    const column = at[index];
    if (column === undefined && cell !== '') {
      errors.push(
        rowError(
          HEADER,
          cell.slice(0, SHOWN),
          cell,
          `不认识这一列。可以用的列：${known.zh}。`,
          `Unknown column. Known are: ${known.en}.`,
        ),
      );
    } else if (column !== undefined && at.indexOf(column) !== index) {
      errors.push(rowError(HEADER, cell, cell, '这一列出现了两次。', 'This column stands twice.'));
    }
  }
  for (const column of COLUMNS) {
    const { zh, en, needed } = IMPORT_COLUMNS[column];
    if (needed && !at.includes(column)) {
      errors.push(
        rowError(
          HEADER,
          zh,
          '',
          `缺少“${zh}”这一列。需要的列：${known.zh}。`,
          `The column ${en} is missing. Known are: ${known.en}.`,
        ),
      );
    }
  }
  return errors.length > 0 ? { rows: 0, good: [], errors } : { at };
}

type Cells = Readonly<Record<Column, string>>;

function formOf(
  { row, cells }: Line,
  { at }: { readonly at: Columns },
  community: string,
  today: IsoDate,
): { form: ElderForm } | { errors: RowError[] } {
  const errors: RowError[] = [];
  const text = Object.fromEntries(COLUMNS.map((column) => [column, cells[at.indexOf(column)] ?? ''])) as Cells;
  const wrong = (column: Column, { zh, en }: Bilingual) =>
    errors.push(rowError(row, IMPORT_COLUMNS[column].zh, text[column], zh, en));
  if (cells.length > at.length && cells.slice(at.length).some((cell) => cell !== '')) {
    errors.push(
      rowError(
        row,
        '',
        cells.slice(at.length).join(','),
        '这一行的格子比表头多。',
        'This row has more cells than the header.',
      ),
    );
  }
  if (FORMULA.test(text.name)) {
    wrong('name', { zh: '姓名不能以 = + - @ 开头。', en: 'A name does not start with = + - @.' });
  }
  const candidate = {
    name: text.name,
    sex: SEX_WORDS[text.sex.toLowerCase()] ?? text.sex,
    birthDate: birthDateOf(text),
    ...(text.phone !== '' && { phone: text.phone.replace(/[\s-]/g, '').replace(/^\+?86(?=1\d{10}$)/, '') }),
    ...(text.idNumber !== '' && { idNumber: text.idNumber.toUpperCase() }),
    area: areaOf(text.grid, community),
    address: text.address,
    localHousehold:
      text.localHousehold === '' ? true : (YES_NO_WORDS[text.localHousehold.toLowerCase()] ?? text.localHousehold),
    allergens: wordsOf(text.allergens, ALLERGEN_WORDS),
    diets: wordsOf(text.diets, DIET_WORDS),
    rev: 0,
  };
  const parsed = ElderForm.safeParse(candidate);
  if (parsed.success) {
    const form = { ...parsed.data };
    if (!form.area.startsWith(community)) wrong('grid', EXPECTED.grid);
    for (const { field, message } of elderFormFaults(form, today)) wrong(field as Column, message);
    return errors.length > 0 ? { errors } : { form };
  }
  const fields = new Set(parsed.error.issues.map((issue) => issue.path[0]));
  for (const field of fields) {
    const column: Column = field === 'area' ? 'grid' : (field as Column);
    wrong(column, text[column] === '' && IMPORT_COLUMNS[column].needed ? MISSING : EXPECTED[column]);
  }
  return { errors };
}

/** What spreadsheets take for a formula. Kept as text elsewhere; no name starts so. */
const FORMULA = /^[=+\-@]/;

const MISSING: Bilingual = { zh: '这一格不能空着。', en: 'This cell must not be empty.' };

/** What would be right, for each column. */
const EXPECTED: Readonly<Record<Column, Bilingual>> = {
  name: { zh: '姓名最多 40 个字，不含控制字符。', en: 'A name has at most 40 characters.' },
  sex: { zh: '写“女”或“男”。', en: 'Write female or male.' },
  birthDate: { zh: '写成 1944-03-05、1944/3/5 或 19440305。', en: 'Write it as 1944-03-05, 1944/3/5 or 19440305.' },
  phone: {
    zh: '手机号是 11 位数字，以 13 到 19 开头。',
    en: 'A mobile number has 11 digits and starts with 13 to 19.',
  },
  idNumber: {
    zh: '身份证号不对：18 位，最后一位是校验码。',
    en: 'Not a resident id number: 18 characters, the last one checks the others.',
  },
  grid: {
    zh: '写 3 位网格号，或本社区的 15 位网格代码。',
    en: 'Write the 3 digits of a grid, or a 15-digit code of this community.',
  },
  address: { zh: '地址最多 120 个字，不含换行。', en: 'An address has at most 120 characters, on one line.' },
  localHousehold: { zh: '写“是”或“否”。', en: 'Write yes or no.' },
  allergens: {
    zh: `可以写：${Object.keys(ALLERGEN_WORDS).join('、')}；每样只写一次。`,
    en: `Known are: ${Allergen.options.join(', ')}; each once.`,
  },
  diets: {
    zh: `可以写：${Object.keys(DIET_WORDS).join('、')}；每样只写一次。`,
    en: `Known are: ${Diet.options.join(', ')}; each once.`,
  },
};

/** A blank birth date is taken from a right id number. */
function birthDateOf({ birthDate, idNumber }: Cells): string {
  if (birthDate === '') {
    const parsed = IdNumber.safeParse(idNumber.toUpperCase());
    return parsed.success ? birthDateOfId(parsed.data) : '';
  }
  const [, year, month, day] = /^(\d{4})(?:[-/.年]?)(\d{1,2})(?:[-/.月]?)(\d{1,2})日?$/.exec(birthDate) ?? [];
  if (year === undefined || month === undefined || day === undefined) return birthDate;
  const isOneNumber = /^\d+$/.test(birthDate);
  // `1944111` could be two days: without separators all eight digits are needed.
  if (isOneNumber && birthDate.length !== 8) return birthDate;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

const areaOf = (grid: string, community: string): string =>
  /^\d{1,3}$/.test(grid) ? community + grid.padStart(3, '0') : grid;

const wordsOf = (cell: string, words: Readonly<Record<string, string>>): string[] =>
  cell
    .split(/[;；、，,|/\s]+/)
    .filter((word) => word !== '')
    .map((word) => words[word] ?? word);

import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { csvParts, recordsOf, textOf } from '../../miniprogram/src/packages/staff/import/csv-parts.ts';
import ImportPage from '../../miniprogram/src/packages/staff/import/index.tsx';
import { refused } from './support/fake-api.ts';
import { type Asked, showDesk } from './support/staff-desk.tsx';

const HEADER = '姓名,性别,出生日期,网格,地址';
const GOOD = '王建国,男,1944-03-08,1,和平里 3 号楼';
const BAD = '李秀兰,女,1999-02-30,1,和平里 4 号楼';
const error = (row: number) => ({
  row,
  column: '出生日期',
  found: '1999-02-30',
  message: { zh: '不是日历上的日子。', en: 'Not a day of the calendar.' },
});

const paste = async (text: string) =>
  fireEvent.change(await screen.findByRole('textbox', { name: '表格内容' }), { target: { value: text } });
const sent = (asked: readonly Asked[]) => asked.filter((one) => one.name === 'importElders').map((one) => one.body);

describe('a CSV file in parts', () => {
  it('keeps a line break inside quotes in its record', () => {
    expect(recordsOf('a,b\r\n"x\ny",1\n2,3')).toEqual(['a,b', '"x\ny"'.concat(',1'), '2,3']);
  });

  it('is one part when it is short', () => {
    expect(csvParts(`\ufeff${HEADER}\n${GOOD}\n`)).toEqual([{ csv: `${HEADER}\n${GOOD}`, first: 2 }]);
  });

  it('has the header in each part, every row once, and stays under what one request may hold', () => {
    const rows = Array.from(
      { length: 1500 },
      (_, n) => `老人${n},男,1944-03-08,1,${'和平里社区和平路'.repeat(4)}${n} 号`,
    );
    const parts = csvParts([HEADER, ...rows].join('\r\n'));
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.flatMap(({ csv }) => csv.split('\n').slice(1))).toEqual(rows);
    for (const { csv } of parts) {
      expect(csv.startsWith(HEADER)).toBe(true);
      expect(Buffer.byteLength(JSON.stringify({ csv, dryRun: false, goodRowsOnly: true }))).toBeLessThan(64 * 1024);
    }
    expect(parts[1]?.first).toBe((parts[0]?.csv.split('\n').length ?? 0) + 1);
  });

  it('is read as GB18030 where it is no UTF-8', () => {
    expect(textOf(new Uint8Array([0xd0, 0xd5, 0xc3, 0xfb]).buffer)).toBe('姓名');
    expect(textOf(new TextEncoder().encode('姓名').buffer as ArrayBuffer)).toBe('姓名');
  });
});

describe('importing elders', () => {
  it('tries first, shows what is wrong row by row, and imports the good rows only when told to', async () => {
    const { user, api } = showDesk(ImportPage, {
      handlers: {
        importElders: ({ body }) => ({ rows: 2, good: 1, imported: body.dryRun ? 0 : 1, errors: [error(3)] }),
      },
    });
    await paste(`${HEADER}\n${GOOD}\n${BAD}`);
    await user.click(screen.getByRole('button', { name: '试一遍（不导入）' }));
    expect(await screen.findByText('一共 2 行，1 行没有错，1 行有错')).toBeTruthy();
    const table = screen.getByRole('table', { name: '有错的行' });
    expect(within(table).getByRole('rowheader', { name: '3' })).toBeTruthy();
    expect(within(table).getByText('1999-02-30')).toBeTruthy();
    expect(within(table).getByText('不是日历上的日子。')).toBeTruthy();
    expect(sent(api.asked)).toEqual([{ csv: `${HEADER}\n${GOOD}\n${BAD}`, dryRun: true, goodRowsOnly: false }]);

    await user.click(screen.getByRole('button', { name: '只导入没有错的 1 行' }));
    expect(await screen.findByText('导入好了 1 位老人')).toBeTruthy();
    expect(screen.getByText(/还有 1 行没有导入/)).toBeTruthy();
    expect(sent(api.asked)[1]).toMatchObject({ dryRun: false, goodRowsOnly: true });
  });

  it('imports all where nothing is wrong', async () => {
    const { user, api, went } = showDesk(ImportPage, {
      handlers: { importElders: ({ body }) => ({ rows: 1, good: 1, imported: body.dryRun ? 0 : 1, errors: [] }) },
    });
    await paste(`${HEADER}\n${GOOD}`);
    await user.click(screen.getByRole('button', { name: '试一遍（不导入）' }));
    await user.click(await screen.findByRole('button', { name: '导入这 1 位老人' }));
    expect(await screen.findByText('导入好了 1 位老人')).toBeTruthy();
    expect(sent(api.asked)[1]).toMatchObject({ dryRun: false, goodRowsOnly: false });
    await user.click(screen.getByRole('button', { name: '去看老人' }));
    expect(went()).toBe('reLaunch /packages/staff/people/index');
  });

  it('must be tried again after the text was changed', async () => {
    const { user } = showDesk(ImportPage, {
      handlers: { importElders: () => ({ rows: 1, good: 1, imported: 0, errors: [] }) },
    });
    await paste(`${HEADER}\n${GOOD}`);
    await user.click(screen.getByRole('button', { name: '试一遍（不导入）' }));
    await screen.findByRole('button', { name: '导入这 1 位老人' });
    await paste(`${HEADER}\n${BAD}`);
    expect(screen.queryByRole('button', { name: '导入这 1 位老人' })).toBeNull();
    expect(screen.getByRole('button', { name: '试一遍（不导入）' })).toBeTruthy();
  });

  it('counts rows of later parts in the whole file', async () => {
    const rows = Array.from({ length: 500 }, (_, n) => `老人${n},男,1944-03-08,1,和平里 ${n} 号`);
    const { user, api } = showDesk(ImportPage, {
      handlers: {
        importElders: ({ body }) => {
          const count = body.csv.split('\n').length - 1;
          return { rows: count, good: count - 1, imported: 0, errors: [error(2)] };
        },
      },
    });
    await paste([HEADER, ...rows].join('\n'));
    await user.click(screen.getByRole('button', { name: '试一遍（不导入）' }));
    expect(await screen.findByText('一共 500 行，498 行没有错，2 行有错')).toBeTruthy();
    expect(sent(api.asked)).toHaveLength(2);
    expect(screen.getAllByRole('rowheader').map((cell) => cell.textContent)).toEqual(['2', '402']);
  });

  it('says that it stopped, and imports nothing, when the API refuses', async () => {
    const { user } = showDesk(ImportPage, { handlers: { importElders: () => refused('busy') } });
    await paste(`${HEADER}\n${GOOD}`);
    await user.click(screen.getByRole('button', { name: '试一遍（不导入）' }));
    expect(await screen.findByText('没有做完')).toBeTruthy();
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: '表格内容' }).value).toContain('王建国');
  });
});

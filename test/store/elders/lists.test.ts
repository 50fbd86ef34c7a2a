import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listElders, listMyElders } from '../../../functions/elders/elder-queries.ts';
import { encodeCursor } from '../../../functions/platform/cursor.ts';
import { COMMUNITY, done, id } from '../../support/a-town.ts';
import { anEldersDesk, type EldersDesk, relative } from '../../support/elders-desk.ts';

let desk: EldersDesk;
const SURNAMES = [...'赵钱孙李周吴郑王'];

beforeAll(async () => {
  desk = await anEldersDesk();
  for (let n = 0; n < 120; n++) {
    const name = `${SURNAMES[n % SURNAMES.length]}${n}`;
    await desk.register(id(n), { idNumber: undefined, name, phone: `138${String(n).padStart(8, '0')}` });
  }
  await desk.register(id(500), { idNumber: undefined, phone: undefined, name: '王#甲' });
  await desk.register(id(501), { idNumber: undefined, area: '620102001002001', name: '王远' });
});
afterAll(() => desk.dynamo.stop());

const namesOf = (elders: readonly { name: string }[]) => elders.map(({ name }) => name);

async function everyPage(find?: string): Promise<{ names: string[]; pages: number }> {
  const names: string[] = [];
  let cursor: string | undefined;
  let pages = 0;
  do {
    const page = done(await listElders(desk, { area: COMMUNITY, find, cursor }));
    names.push(...namesOf(page.elders));
    cursor = page.cursor;
    pages += 1;
  } while (cursor !== undefined);
  return { names, pages };
}

describe('the elders of a community', () => {
  it('come by name, fifty to a page, each once, and none of another community', async () => {
    const { names, pages } = await everyPage();
    expect(names).toHaveLength(121);
    expect(new Set(names).size).toBe(121);
    expect(names).not.toContain('王远');
    expect(pages).toBe(3);
  });

  it('are found by the start of a name', async () => {
    const { names } = await everyPage('王');
    expect(names).toHaveLength(16);
    expect(names.every((name) => name.startsWith('王'))).toBe(true);
    expect((await everyPage('王#')).names).toEqual(['王#甲']);
    expect((await everyPage('欧阳')).names).toEqual([]);
  });

  it('are found by the last four digits of a phone, which the list itself masks', async () => {
    const { elders } = done(await listElders(desk, { area: COMMUNITY, find: '0042' }));
    expect(elders).toHaveLength(1);
    expect(elders[0]).toMatchObject({ elderId: id(42), maskedPhone: '138****0042' });
    expect(JSON.stringify(elders)).not.toContain('13800000042');
  });

  it.each([
    ['that is no text of ours', 'not-a-cursor'],
    ['made for another list', encodeCursor({ sk: `TAIL#0042#${id(42)}` })],
    ['with a place of its own', encodeCursor({ sk: `NAME#王0#${id(0)}`, pk: 'ID#1' })],
    ['that names no elder', encodeCursor({ sk: 'NAME#' })],
  ])('refuse a cursor %s', async (_, cursor) => {
    expect(await listElders(desk, { area: COMMUNITY, cursor })).toMatchObject({
      refused: 'invalid-request',
      details: [{ path: 'query.cursor' }],
    });
  });

  it('cannot be left by a cursor: it says where to go on, not in which community', async () => {
    const cursor = encodeCursor({ sk: `NAME#王#${id(501)}` });
    const page = done(await listElders(desk, { area: COMMUNITY, cursor }));
    expect(namesOf(page.elders)).not.toContain('王远');
  });
});

describe('my elders', () => {
  it('are none for a family member who is bound to nobody, and oneself for an elder', async () => {
    expect(await listMyElders(desk, relative(1))).toEqual({ elders: [] });
    const self = { personId: id(9100), role: 'elder', elderId: id(7) } as const;
    expect((await listMyElders(desk, self)).elders.map(({ elderId }) => elderId)).toEqual([id(7)]);
    expect(await listMyElders(desk, { personId: id(9101), role: 'elder' })).toEqual({ elders: [] });
  });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AlertPlan } from '../../../functions/alerts/records.ts';
import { policyCommand } from '../../../infra/policies/command.ts';
import { Quote } from '../../../shared/contracts/quote.ts';

const NORTH = 'shared/policies/north-city.2026-01.json';
const CHENGGUAN = 'shared/policies/lanzhou-chengguan.2026-01.json';

const policy = (...args: string[]) => policyCommand(args);

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'policy-command-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('check', () => {
  it('says ok of each good file', () => {
    const { code, out } = policy('check', NORTH, CHENGGUAN);
    expect(code).toBe(0);
    expect(out).toContain(`${NORTH}: ok, north-city 2026-01, 24 examples`);
    expect(out).toContain(`${CHENGGUAN}: ok, lanzhou-chengguan 2026-01, 22 examples`);
  });

  it('ends with 1 when one file has a mistake, and tells it with its path', () => {
    const bad = join(directory, 'bad.json');
    writeFileSync(bad, readFileSync(NORTH, 'utf8').replace('"fixed": 400', '"fixd": 400'));
    const { code, out } = policy('check', CHENGGUAN, bad);
    expect(code).toBe(1);
    expect(out).toContain(`${CHENGGUAN}: ok`);
    expect(out).toContain(`${bad}: 2 mistakes\n`);
    expect(out).toContain('  ✗ meals.tiers[2].pays.fixd: unknown field "fixd"; did you mean "fixed"?\n');
    expect(out).toContain(
      '  ✗ meals.tiers[2].pays: found {"fixd":400}; give exactly one of `fixed`, `percent`, `less`, `full`',
    );
  });

  it('says so when a file cannot be read, or none is named', () => {
    expect(policy('check', 'no-such-file.json')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no-such-file.json cannot be read'),
    });
    expect(policy('check')).toMatchObject({ code: 1, err: 'check needs at least one FILE' });
  });
});

describe('quote', () => {
  it('prints the price, the payers and the reasons in both languages', () => {
    const { code, out } = policy('quote', NORTH, '--elder', '{"age": 82}', '--item', 'lunch', '--on', '2026-12-01');
    expect(code).toBe(0);
    for (const words of [
      '自付 elder pays  2元 · 2 yuan',
      '市民政局 · City civil affairs bureau (government, civil-affairs): 10元 · 10 yuan',
      '[tier:yi] 82岁，符合80岁以上 → 乙类，自付2元',
      'Aged 82, which is 80 or over → tier B (乙), pays 2 yuan',
      '依据 source: 本市老年餐桌公开规定：甲类',
    ]) {
      expect(out).toContain(words);
    }
  });

  it('prints JSON that keeps the contract of quotes', () => {
    const elder =
      '{"birthDate": "1950-01-01", "tags": ["disabled:1", {"tag": "low-income"}], "abilityLevel": "severe"}';
    const { out } = policy(
      'quote',
      CHENGGUAN,
      '--elder',
      elder,
      '--on',
      '2026-12-01',
      '--eating',
      'delivery',
      '--json',
    );
    expect(Quote.parse(JSON.parse(out))).toMatchObject({
      price: 1500,
      shares: { person: 0, government: 1500 },
      tier: { code: 'severely-disabled' },
    });
  });

  it('takes what was used before, a canteen and its price', () => {
    const { out } = policy(
      'quote',
      CHENGGUAN,
      '--elder',
      '{"age": 82}',
      '--on',
      '2026-12-01',
      '--usage',
      '{"day": {"count": 1}}',
      '--json',
    );
    expect(JSON.parse(out)).toMatchObject({ shares: { person: 1500 } });
    const own = policy(
      'quote',
      NORTH,
      '--elder',
      '{"age": 82}',
      '--on',
      '2026-12-01',
      '--canteen',
      'east',
      '--list-price',
      '1450',
      '--json',
    );
    expect(JSON.parse(own.out)).toMatchObject({ price: 1450, shares: { person: 200 } });
  });

  it.each<[string, string[], string]>([
    [
      'an unknown field',
      ['--elder', '{"agee": 82}', '--on', '2026-12-01'],
      '--elder agee: unknown field "agee"; did you mean "age"?',
    ],
    [
      'an unknown tag',
      ['--elder', '{"age": 82, "tags": ["poor"]}', '--on', '2026-12-01'],
      '--elder tags[0]: found "poor"; not a tag; the tags are no-support',
    ],
    ['an unknown option', ['--elder', '{"age": 82}', '--when', '2026-12-01'], "Unknown option '--when'"],
    [
      'an unknown way of eating',
      ['--elder', '{"age": 82}', '--on', '2026-12-01', '--eating', 'standing'],
      '--eating: found "standing"; it must be one of "dine-in", "pickup", "delivery"',
    ],
    [
      'an elder that is no JSON',
      ['--elder', '{age: 82}', '--on', '2026-12-01'],
      '--elder is no JSON: a field’s name in double quotes must stand here',
    ],
    [
      'an elder that is no object',
      ['--elder', 'null', '--on', '2026-12-01'],
      '--elder as a whole: found null; it must be an object in { }',
    ],
    [
      'a fifth grade of disability',
      ['--elder', '{"age": 82, "tags": ["disabled:5"]}', '--on', '2026-12-01'],
      '--elder tags[0]: found "disabled:5"',
    ],
    ['no elder', ['--on', '2026-12-01'], 'quote needs --elder'],
    ['no day', ['--elder', '{"age": 82}'], 'quote needs --on'],
    [
      'a day of another form',
      ['--elder', '{"age": 82}', '--on', '1.12.2026'],
      '--on: found "1.12.2026"; it must be a day as YYYY-MM-DD',
    ],
    [
      'an item without a price',
      ['--elder', '{"age": 82}', '--on', '2026-12-01', '--item', 'haircut'],
      '--item: north-city has no price for "haircut"; it has lunch, dinner',
    ],
    [
      'a day before the first',
      ['--elder', '{"age": 82}', '--on', '2025-12-31'],
      '--on: north-city 2026-01 is in force from 2026-01-01 on, not on 2025-12-31',
    ],
    [
      'an elder elsewhere',
      ['--elder', '{"age": 82, "area": "620102"}', '--on', '2026-12-01'],
      '--elder: area 620102 lies outside 1399',
    ],
    [
      'a price that is no number',
      ['--elder', '{"age": 82}', '--on', '2026-12-01', '--list-price', 'cheap'],
      '--listPrice: ',
    ],
  ])('refuses %s in plain words', (_, args, words) => {
    const { code, err, out } = policy('quote', NORTH, ...args);
    expect(code).toBe(1);
    expect(err).toContain(words);
    expect(err).not.toContain('    at ');
    expect(out).toBe('');
  });

  it('quotes nothing by a document with mistakes', () => {
    const bad = join(directory, 'half.json');
    writeFileSync(bad, readFileSync(NORTH, 'utf8').replace('"person": 0', '"person": 1'));
    expect(policy('quote', bad, '--elder', '{"age": 82}', '--on', '2026-12-01')).toMatchObject({
      code: 1,
      err: expect.stringContaining('has mistakes, so nothing is quoted'),
    });
  });
});

describe('plan', () => {
  const plan = (...args: string[]) => policy('plan', CHENGGUAN, ...args);

  it('prints who is called when and how, the partners, and the reasons in both languages', () => {
    const { code, out } = plan('--source', 'smoke', '--elder', '{"age": 82}', '--on', '2026-12-01', '--time', '02:30');
    expect(code).toBe(0);
    for (const words of [
      'lanzhou-chengguan/2026-01 · 烟感 the smoke sensor · 2026-12-01 02:30\n',
      '立即 at once\n  值守坐席、家属、应急救援、邻居（站内、微信、短信、电话）\n  the desk, the family, the emergency services and neighbours',
      '30秒后 after 30 seconds\n  呼叫中心',
      '直到有人应答，每90秒重复最后一级',
      '119消防 · Fire brigade 119 (fire-brigade, 119)',
      '[wave:volunteers-by-day] 02:30不在07:00至22:00之间 → 180秒后不通知志愿者',
      '依据 source: 推定（assumed）：烟感报警不等人应答，立即通知消防、急救和邻居',
    ]) {
      expect(out).toContain(words);
    }
  });

  it('takes a key, the first day of the policy and an elder of whom nothing is known where it is told no more', () => {
    const { code, out } = plan();
    expect(code).toBe(0);
    expect(out).toContain('一键通 the phone key · 2026-01-01\n');
    expect(out).toContain('老人情况不明，无法判断，宁多勿漏');
    expect(out).not.toContain('119');
  });

  it('prints a drill as one, without the emergency services', () => {
    const { out } = plan('--drill', '--source', 'smoke');
    expect(out).toContain(' · 演练 drill\n');
    expect(out.slice(0, out.indexOf('原因 reasons'))).not.toContain('应急救援');
  });

  it('prints JSON: the ladder that an alert keeps, and its reasons', () => {
    const { because, ...kept } = JSON.parse(plan('--json').out);
    expect(AlertPlan.parse(kept)).toEqual(kept);
    expect(kept).toMatchObject({ policy: 'lanzhou-chengguan/2026-01', joinSeconds: 180 });
    expect(because[0]).toMatchObject({ rule: 'wave:desk-and-family', outcome: 'applied' });
  });

  it.each<[string, string[], string]>([
    ['no file', [], 'plan needs exactly one FILE'],
    ['an unknown source', [CHENGGUAN, '--source', 'bell'], '--source: found "bell"; it must be one of "app", "key"'],
    [
      'a time that no clock shows',
      [CHENGGUAN, '--time', '25:00'],
      '--time: found "25:00"; it must be a time of day as HH:MM',
    ],
    [
      'a day before the policy',
      [CHENGGUAN, '--on', '2025-01-01'],
      '--on: lanzhou-chengguan 2026-01 is in force from 2026-01-01 on',
    ],
    [
      'an elder of elsewhere',
      [CHENGGUAN, '--elder', '{"age": 80, "area": "1399"}'],
      '--elder: area 1399 lies outside 620102',
    ],
    ['an elder who is no JSON', [CHENGGUAN, '--elder', '{age: 80}'], '--elder is no JSON'],
    ['an option that it does not have', [CHENGGUAN, '--item', 'lunch'], "Unknown option '--item'"],
  ])('is refused with %s', (_, args, words) => {
    const { code, out, err } = policy('plan', ...args);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(words);
  });

  it('is refused for a file with mistakes', () => {
    const bad = join(directory, 'bad-ladder.json');
    writeFileSync(bad, readFileSync(CHENGGUAN, 'utf8').replace('"after": 60', '"after": 6000'));
    expect(policy('plan', bad).err).toContain(
      `${bad} has mistakes, so nothing is planned:\nalerts.waves[4].after: found 6000`,
    );
  });
});

describe('the other commands', () => {
  it('are run by npm run policy, which ends with their exit code', () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['infra/policies/main.ts', ...args], { encoding: 'utf8' });
    expect(run('check', NORTH)).toMatchObject({ status: 0, stdout: expect.stringContaining(': ok'), stderr: '' });
    expect(run('check')).toMatchObject({ status: 1, stdout: '', stderr: 'check needs at least one FILE\n' });
  });

  it('compile writes what the functions carry, and asks for a file', () => {
    const out = join(directory, 'policies.json');
    expect(policy('compile', '--out', out)).toMatchObject({ code: 0, out: `wrote 2 policies to ${out}` });
    expect(JSON.parse(readFileSync(out, 'utf8'))).toHaveLength(2);
    expect(policy('compile')).toMatchObject({ code: 1, err: 'compile needs --out FILE' });
  });

  it('help lists them, and so does a command that does not exist', () => {
    expect(policy('help')).toMatchObject({ code: 0, out: expect.stringContaining('check FILE…') });
    expect(policy('chek')).toMatchObject({ code: 1, err: expect.stringContaining('no command is called "chek"') });
    expect(policy()).toMatchObject({ code: 1, out: expect.stringContaining('check FILE…') });
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compilePolicies, writePolicies } from '../../../infra/policies/compile.ts';
import { policySchemaText, SCHEMA_FILE } from '../../../infra/policies/schema.ts';
import { compilePolicy } from '../../../shared/policy/engine.ts';
import { aPolicy, aRule, aTier, from } from './a-policy.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'policies-'));
});
afterEach(() => rmSync(directory, { recursive: true }));
const put = (file: string, document: unknown): void =>
  writeFileSync(join(directory, file), typeof document === 'string' ? document : JSON.stringify(document));

describe('compiling the policies for the functions', () => {
  it('takes every document, checked, without its examples, ordered by area and first day', () => {
    put('b.json', { ...aPolicy(), version: '2', ...from('2027-01-01') });
    put('a.json', { ...aPolicy(), id: 'elsewhere', area: { ...aPolicy().area, code: '1399' } });
    put('c.json', { ...aPolicy(), $schema: './policy.schema.json' });
    put('notes.txt', 'no policy');
    const compiled = compilePolicies(directory);
    expect(compiled.map(({ id, version }) => `${id} ${version}`)).toEqual([
      'test-city 1',
      'test-city 2',
      'elsewhere 1',
    ]);
    for (const policy of compiled) {
      expect(policy).not.toHaveProperty('examples');
      expect(policy).not.toHaveProperty('$schema');
      expect(compilePolicy(policy).meals?.prices.has('lunch')).toBe(true);
    }
  });

  it('writes them into one file', () => {
    put('a.json', aPolicy());
    const out = join(directory, 'policies.out');
    expect(writePolicies(out, directory)).toBe(1);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(compilePolicies(directory));
  });

  it('throws every mistake of every document at once, and writes nothing', () => {
    put('a.json', { ...aPolicy(), id: 'Bad Id' });
    put('b.json', '{');
    put('c.json', { ...aPolicy(), meals: { ...aPolicy().meals, tiers: [aTier('one', { when: { class: 'x' } })] } });
    const out = join(directory, 'policies.out');
    expect(() => writePolicies(out, directory)).toThrow(
      /^the policies cannot be deployed:\na\.json: id: found "Bad Id".*\nb\.json: line 1, column 2.*\nc\.json: meals\.tiers\[0\]\.when\.class: no class/,
    );
    expect(() => readFileSync(out)).toThrow();
  });

  it('refuses a limit that meal orders do not count yet, rather than not keep it', () => {
    put('a.json', {
      ...aPolicy(),
      meals: { ...aPolicy().meals, limits: [aRule('weekly', { per: 'week', meals: 5 })] },
    });
    expect(() => compilePolicies(directory)).toThrow('a.json: it limits by week, which meal orders do not count yet');
  });

  it('refuses an empty directory', () => {
    expect(() => compilePolicies(directory)).toThrow('holds no policy');
  });

  it('finds both cities in the project', () => {
    expect(compilePolicies().map(({ id, area }) => [id, area.code])).toEqual([
      ['north-city', '1399'],
      ['lanzhou-chengguan', '620102'],
    ]);
  });
});

describe('the JSON Schema for editors', () => {
  it('is the one that the project keeps (run `npm run policy -- schema` after a change)', () => {
    expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(policySchemaText());
  });

  it('describes the fields that a writer meets', () => {
    const text = policySchemaText();
    for (const words of ['Age in full years', '就餐类别', 'List price in fen', '"additionalProperties": false']) {
      expect(text).toContain(words);
    }
  });
});

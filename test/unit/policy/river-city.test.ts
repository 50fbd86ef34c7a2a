import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../infra/policies/check.ts';

const TEXT = readFileSync(new URL('./fixtures/river-city.json', import.meta.url), 'utf8');
type Document = { examples: { expect: { person: number } }[]; [section: string]: unknown };

describe('a city whose rules no anchor city has', () => {
  it('is written as a document alone, and every example gives what its rules say', () => {
    const { mistakes, remarks, policy } = checkDocument(TEXT);
    expect(mistakes).toEqual([]);
    expect(policy?.examples.length).toBeGreaterThan(20);
    expect(remarks).toEqual(['grants is kept as it is written, but nothing reads it yet']);
  });

  it('is held to every one of its examples: another expectation is a mistake', () => {
    const { length } = (JSON.parse(TEXT) as Document).examples;
    for (let index = 0; index < length; index += 1) {
      const changed = JSON.parse(TEXT) as Document;
      const example = changed.examples[index];
      if (example === undefined) throw new Error('no such example');
      example.expect.person += 1;
      const { mistakes } = checkDocument(JSON.stringify(changed));
      expect(mistakes.map(({ path }) => path)).toEqual([`examples[${index}].expect.person`]);
    }
  });
});

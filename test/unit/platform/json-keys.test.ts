import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasAmbiguousKey } from '../../../functions/platform/json-keys.ts';

describe('a key that readers may understand differently', () => {
  it.each([
    '{"a":1,"a":2}',
    '{"a":1,"b":{"a":1},"a":2}',
    '[{"a":1},{"b":[{"c":1,"c":1}]}]',
    '{"a":{},"\\u0061":2}',
    '{"":1,"":2}',
    '{"a\\"b":1,"a\\u0022b":2}',
    '{ "a" : 1 ,\n "a"\t: 2 }',
    '{"__proto__":1}',
    '[{"a":{"\\u005f_proto__":{}}}]',
  ])('is found in %s', (json) => {
    expect(() => JSON.parse(json)).not.toThrow();
    expect(hasAmbiguousKey(json)).toBe(true);
  });

  it.each([
    '{"a":"a","b":"a"}',
    '[{"a":1},{"a":1}]',
    '{"a":{"a":{"a":1}}}',
    '{"a":"{\\"a\\":1,\\"a\\":2}"}',
    '"a"',
    '1',
  ])('is not seen in %s, where there is none', (json) => {
    expect(hasAmbiguousKey(json)).toBe(false);
  });

  it('is never found in what JSON.stringify writes', () => {
    const plain = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('__proto__'));
    fc.assert(fc.property(plain, (value) => !hasAmbiguousKey(JSON.stringify(value))));
  });
});

import { describe, expect, it } from 'vitest';
import { newBinding, withConsent, withheldWith } from '../../../functions/elders/binding.ts';
import { mayShare } from '../../../functions/elders/elder-record.ts';
import { isRefusal } from '../../../shared/contracts/refusal.ts';
import { id, NOW } from '../../support/a-town.ts';

const bound = (personId: string, consents: Parameters<typeof newBinding>[2]['consents']) =>
  newBinding(id(1), personId, { code: '12345678', name: '王芳', relation: 'daughter', consents }, NOW);

describe('what a family withholds', () => {
  it('is what was not agreed to at binding', () => {
    const withheld = withheldWith(undefined, bound(id(7), ['care-services', 'diet-to-canteen']));
    expect(withheld).toEqual([{ personId: id(7), purpose: 'address-to-delivery' }]);
    expect(mayShare({ withheld }, 'address-to-delivery')).toBe(false);
    expect(mayShare({ withheld }, 'diet-to-canteen')).toBe(true);
  });

  it('changes with each consent given or withdrawn', () => {
    const binding = bound(id(7), ['care-services', 'diet-to-canteen', 'address-to-delivery']);
    const withdrawn = withConsent(binding, 'diet-to-canteen', false, NOW);
    if (isRefusal(withdrawn)) throw new Error(withdrawn.refused);
    const withheld = withheldWith([], withdrawn);
    expect(mayShare({ withheld }, 'diet-to-canteen')).toBe(false);
    const given = withConsent(withdrawn, 'diet-to-canteen', true, NOW);
    if (isRefusal(given)) throw new Error(given.refused);
    expect(withheldWith(withheld, given)).toEqual([]);
  });

  it('ends with the binding, and leaves what others withhold', () => {
    const other = { personId: id(8), purpose: 'address-to-delivery' as const };
    const ended = { ...bound(id(7), ['care-services']), endedAt: NOW };
    expect(withheldWith([other, { personId: id(7), purpose: 'diet-to-canteen' }], ended)).toEqual([other]);
  });
});

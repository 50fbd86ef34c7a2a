import { describe, expect, it } from 'vitest';
import { communityCode } from '../../../infra/town/cities.ts';
import { CommunityCode } from '../../../shared/values/areas.ts';

describe('the code of a community', () => {
  it.each(['1399', '620102', '620102007', '620102007003'])('lies inside the city %s and has 12 digits', (area) => {
    const code = communityCode({ area }, 0);
    expect(CommunityCode.safeParse(code).success).toBe(true);
    expect(code.startsWith(area)).toBe(true);
  });

  it('begins where the city says, and goes on to the next street and district', () => {
    const city = { area: '1399', firstCommunity: '139903005001' };
    expect([0, 1, 7, 8].map((n) => communityCode(city, n))).toEqual([
      '139903005001',
      '139903005002',
      '139903005008',
      '139903006001',
    ]);
    expect(communityCode(city, 8 * 8)).toBe('139904001001');
  });

  it('is another for each of a thousand communities, also where the city is one district', () => {
    for (const area of ['1399', '620102']) {
      const codes = Array.from({ length: 1000 }, (_, n) => communityCode({ area }, n));
      expect(new Set(codes).size).toBe(1000);
      expect(codes.every((code) => code.startsWith(area) && code.length === 12)).toBe(true);
    }
  });

  it('is refused where the area has no room for so many', () => {
    expect(() => communityCode({ area: '620102007003' }, 1)).toThrow(/620102007003 has no room for 2 communities/);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainHashOf, firstToken, newSalt, nextToken, tokenHashOf } from '../../../functions/sessions/refresh-token.ts';
import { SignIn } from '../../../shared/contracts/people.ts';

describe('refresh tokens', () => {
  it('have the form of the contract, from the first to any next one', () => {
    let token = firstToken();
    for (let n = 0; n < 5; n++) {
      expect(SignIn.safeParse({ by: 'refresh', refreshToken: token }).success).toBe(true);
      token = nextToken(token, newSalt());
    }
  });

  it('stay in their chain, and are each another', () => {
    const token = firstToken();
    const next = nextToken(token, newSalt());
    expect(chainHashOf(next)).toBe(chainHashOf(token));
    expect(tokenHashOf(next)).not.toBe(tokenHashOf(token));
    expect(chainHashOf(firstToken())).not.toBe(chainHashOf(token));
  });

  it('give the same next one for the same salt, and another one for another', () => {
    const token = firstToken();
    const salt = newSalt();
    expect(nextToken(token, salt)).toBe(nextToken(token, salt));
    expect(nextToken(token, newSalt())).not.toBe(nextToken(token, salt));
  });

  it('are hashed whatever a client sends in their form', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\w-]{43}$/), (token) => {
        expect(tokenHashOf(token)).toMatch(/^[\w-]{43}$/);
        expect(nextToken(token, newSalt())).toMatch(/^[\w-]{43}$/);
      }),
    );
  });
});

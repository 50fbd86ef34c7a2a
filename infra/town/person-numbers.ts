import { hasRightCheckDigit } from '../../shared/contracts/elders.ts';
import type { IsoDate } from '../../shared/values/dates.ts';
import type { Sex } from './names.ts';

const SPACE = 9_000_000;
/** Has no divisor in common with the space, so different serials give different numbers, with different last digits. */
const STEP = 7_368_787;

/**
 * The mobile number of a town's n-th phone. China keeps no numbers aside for stories, so all begin with 1990 and nothing
 * here ever sends a message: the town is for engines on one's own machine.
 */
export const phoneOf = (serial: number): string => `1990${((serial * STEP) % SPACE) + 1_000_000}`;

/** The numbers of the people to sign in as: easy to type, and outside those of `phoneOf`. */
export const demoPhoneOf = (cityNumber: number, n: number): string =>
  `1990000${String(cityNumber).padStart(2, '0')}${String(n).padStart(2, '0')}`;

/** No province begins with 99: nobody's real number is made by chance. */
const PREFIX = '99';

/** A resident id number with the right check digit; the 17th digit is odd for men. `order` tells people of one birthday apart. */
export function idNumberOf(community: number, birthDate: IsoDate, sex: Sex, order: number): string {
  const place = PREFIX + String(community % 10_000).padStart(4, '0');
  const sequence = String((order * 2 + (sex === 'male' ? 1 : 0)) % 1000).padStart(3, '0');
  const body = place + birthDate.replaceAll('-', '') + sequence;
  const check = [...'0123456789X'].find((digit) => hasRightCheckDigit(body + digit));
  return body + check;
}

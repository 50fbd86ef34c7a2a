import { fingerprintOf } from '../platform/fingerprint.ts';
import { derivedId } from './circle/derived-id.ts';
import { PressRecord } from './records.ts';

/**
 * What a press says, apart from its id and when it was received: two presses of one id are the same press when this is the same.
 * The alert that it joined came later, and does not count.
 */
function contentOf(press: PressRecord): string {
  const { pressId: _id, at: _at, area: _area, alertId: _alertId, ...content } = PressRecord.parse(press);
  return fingerprintOf(content);
}

export const isSamePress = (one: PressRecord, other: PressRecord): boolean => contentOf(one) === contentOf(other);

/**
 * The same press under an id of its own, for one that came with an id under which another is kept. Nothing that is pressed is
 * ever refused or lost for its id; and the same content gets the same second id, so that its repeats are repeats.
 */
export const underAnotherId = (press: PressRecord): PressRecord => ({
  ...press,
  pressId: derivedId(press.pressId, contentOf(press)),
});

import { fingerprintOf } from '../platform/fingerprint.ts';
import { derivedId } from './circle/derived-id.ts';
import { pressKey } from './keys.ts';
import { PressRecord } from './press-record.ts';

/** An alert's evidence has a copy of each press; the press itself is dropped after a year. */
const KEPT_SECONDS = 366 * 24 * 60 * 60;

/** A press as it lies in the table. While it waits to be kept it is in an index besides. */
export const pressItem = (press: PressRecord) => ({
  ...pressKey(press.pressId),
  ...press,
  ttl: Math.floor(Date.parse(press.at) / 1000) + KEPT_SECONDS,
});

/** The SNS attribute by which a press finds its queue: those of people who press again and again have one of their own. */
export const laneOf = ({ again }: Pick<PressRecord, 'again'>): 'press' | 'press-again' =>
  again ? 'press-again' : 'press';

/**
 * What a press says, apart from its id and when it was received: two presses of one id are the same press when this is the same.
 * The alert that it joined came later, and a repeat may come with a newer token: neither counts.
 */
function contentOf(press: PressRecord): string {
  const {
    pressId: _id,
    at: _at,
    area: _area,
    alertId: _alertId,
    token: _token,
    again: _again,
    ...content
  } = PressRecord.parse(press);
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

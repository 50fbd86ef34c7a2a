import { type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import type { Who } from './who.ts';

/** What a person may do and for whom, as it is stored now. `epoch` goes up with every change of it. */
export type StoredStanding = Pick<Who, 'role' | 'area' | 'canteenId' | 'elderId'> & {
  readonly epoch: number;
  /** They work here no more. */
  readonly removed: boolean;
};

/**
 * How fresh the answer must be. `now`: as it is stored at this moment, for whatever gives rights, lists people, or changes or reads
 * what is theirs. `recent`: an answer of the last seconds will do, for what is asked again and again.
 */
export type Freshness = 'now' | 'recent';

export interface StandingOptions {
  /** Reads a person, consistently; undefined where nothing is known of them. */
  readonly read: (personId: string) => Promise<StoredStanding | undefined>;
  /** What to make of somebody of whom nothing is known: where people are stored they are nobody, where they are told of they may be new. */
  readonly unknown: 'is-nobody' | 'may-be-new';
  readonly clock?: () => number;
}

/** Says who a token's holder is now, or that they are it no more. */
export type Standing = (who: Who, freshness: Freshness) => Promise<Who | Refusal>;

/** A recent answer is at most so old, ms: with the seconds that news takes on its way, everybody is judged anew within a minute. */
export const RECENT_MS = 15_000;
/** How many people are remembered. */
const MOST_REMEMBERED = 10_000;

/**
 * Judges a session by the person as stored: a token whose epoch is older than theirs was ended, by removal, a move, another role or
 * number, by signing out, or because its chain was stolen. Who asks is then what is stored, not what the token says.
 *
 * Refuses: `session-expired`.
 */
export function standingOf({ read, unknown, clock = Date.now }: StandingOptions): Standing {
  const remembered = new Map<string, { readonly at: number; readonly person: Promise<StoredStanding | undefined> }>();

  function ask(personId: string): Promise<StoredStanding | undefined> {
    const asked = { at: clock(), person: read(personId) };
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(personId, asked);
    // What could not be read is asked again.
    asked.person.catch(() => remembered.get(personId) === asked && remembered.delete(personId));
    return asked.person;
  }

  async function recent({ personId, epoch = 0 }: Who): Promise<StoredStanding | undefined> {
    const known = remembered.get(personId);
    if (known === undefined || clock() - known.at >= RECENT_MS) return ask(personId);
    const person = await known.person;
    // Somebody who was just let in again, or signed in for the first time, has a newer token than what is remembered.
    return person === undefined || epoch > person.epoch ? ask(personId) : person;
  }

  return async (who, freshness) =>
    judged(who, await (freshness === 'recent' ? recent(who) : ask(who.personId)), unknown);
}

function judged(who: Who, person: StoredStanding | undefined, unknown: StandingOptions['unknown']): Who | Refusal {
  if (person === undefined) return unknown === 'may-be-new' ? who : refuse('session-expired');
  const epochOfToken = who.epoch ?? 0;
  if (person.removed || epochOfToken < person.epoch) return refuse('session-expired');
  // News of the person can be a second behind a token that was just issued.
  if (epochOfToken > person.epoch && unknown === 'may-be-new') return who;
  const { role, area, canteenId, elderId, epoch } = person;
  return {
    personId: who.personId,
    role,
    epoch,
    ...(area !== undefined && { area }),
    ...(canteenId !== undefined && { canteenId }),
    ...(elderId !== undefined && { elderId }),
  };
}

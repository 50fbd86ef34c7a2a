import { describe, expect, it, vi } from 'vitest';
import {
  RECENT_MS,
  type StandingOptions,
  type StoredStanding,
  standingOf,
} from '../../../functions/platform/standing.ts';
import type { Who } from '../../../functions/platform/who.ts';
import { COMMUNITY, id, staff } from '../../support/a-town.ts';

const stored: StoredStanding = { role: 'community-staff', area: COMMUNITY, epoch: 4, removed: false };
const who: Who = { personId: staff.personId, role: 'community-staff', area: COMMUNITY, epoch: 4 };
const ENDED = { refused: 'session-expired' };

function aStanding(person: StoredStanding | undefined = stored, over: Partial<StandingOptions> = {}) {
  const clock = { now: 0 };
  const people = { person: person as StoredStanding | undefined };
  const read = vi.fn(async () => people.person);
  const standing = standingOf({ read, unknown: 'is-nobody', clock: () => clock.now, ...over });
  return { standing, read, clock, people };
}

describe('whether a session still stands', () => {
  it.each<[string, Partial<StoredStanding>, Partial<Who>, object]>([
    ['is yes for the person of today', {}, {}, who],
    ['is no for an older epoch', { epoch: 5 }, {}, ENDED],
    ['is no for a token of before there were epochs, once theirs went up', {}, { epoch: undefined }, ENDED],
    ['is no for somebody who was removed, whatever the token says', { removed: true }, { epoch: 9 }, ENDED],
  ])('%s', async (_, person, token, expected) => {
    const { standing } = aStanding({ ...stored, ...person });
    expect(await standing({ ...who, ...token }, 'now')).toEqual(expected);
    expect(await standing({ ...who, ...token }, 'recent')).toEqual(expected);
  });

  it('is yes at epoch 0 for a token of before there were epochs', async () => {
    const { standing } = aStanding({ ...stored, epoch: 0 });
    expect(await standing({ ...who, epoch: undefined }, 'now')).toEqual({ ...who, epoch: 0 });
  });

  it('gives who they are as stored, and nothing that the token says besides', async () => {
    const { standing } = aStanding({
      role: 'canteen-staff',
      area: '620102',
      canteenId: 'binhe',
      epoch: 4,
      removed: false,
    });
    expect(await standing({ ...who, elderId: id(1) }, 'now')).toEqual({
      personId: who.personId,
      role: 'canteen-staff',
      area: '620102',
      canteenId: 'binhe',
      epoch: 4,
    });
  });

  it('of a token that is newer than what was told is judged by the token: news may be a second behind', async () => {
    const newer: Who = { ...who, epoch: 5, area: '620102001002' };
    expect(await aStanding(stored, { unknown: 'may-be-new' }).standing(newer, 'now')).toEqual(newer);
    // Where people are stored nothing is behind: a table that was restored from yesterday is what counts.
    expect(await aStanding(stored, { unknown: 'is-nobody' }).standing(newer, 'now')).toEqual(who);
  });

  it('of somebody unknown is no where people are stored, and yes where they are told of', async () => {
    const nobody = standingOf({ read: async () => undefined, unknown: 'is-nobody' });
    const maybe = standingOf({ read: async () => undefined, unknown: 'may-be-new' });
    expect(await nobody(who, 'now')).toEqual(ENDED);
    expect(await maybe(who, 'now')).toEqual(who);
  });
});

describe('how often it is asked', () => {
  it('is each time for what is asked now, and every fifteen seconds for what is asked again and again', async () => {
    const { standing, read, clock } = aStanding();
    for (let n = 0; n < 5; n++) await standing(who, 'recent');
    expect(read).toHaveBeenCalledTimes(1);
    for (let n = 0; n < 5; n++) await standing(who, 'now');
    expect(read).toHaveBeenCalledTimes(6);
    clock.now = RECENT_MS - 1;
    await standing(who, 'recent');
    expect(read).toHaveBeenCalledTimes(6);
    clock.now = RECENT_MS;
    await standing(who, 'recent');
    expect(read).toHaveBeenCalledTimes(7);
  });

  it('ends a removed person for what is asked now at once, and for the rest with the next answer', async () => {
    const { standing, people, clock } = aStanding();
    await standing(who, 'recent');
    people.person = { ...stored, removed: true };
    expect(await standing(who, 'recent')).toEqual(who);
    clock.now = RECENT_MS;
    expect(await standing(who, 'recent')).toEqual(ENDED);
    people.person = { ...stored, epoch: 5 };
    expect(await standing(who, 'now')).toEqual(ENDED);
    // What was just asked now is remembered for the rest.
    expect(await standing(who, 'recent')).toEqual(ENDED);
  });

  it('is asked anew for a token that is newer than what is remembered: who was let in again does not wait', async () => {
    const { standing, read, people } = aStanding({ ...stored, removed: true });
    expect(await standing(who, 'recent')).toEqual(ENDED);
    people.person = { ...stored, epoch: 5 };
    expect(await standing({ ...who, epoch: 5 }, 'recent')).toEqual({ ...who, epoch: 5 });
    expect(await standing(who, 'recent')).toEqual(ENDED);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('is asked anew of somebody who was unknown a moment ago', async () => {
    const { standing, people } = aStanding();
    people.person = undefined;
    expect(await standing(who, 'recent')).toEqual(ENDED);
    people.person = stored;
    expect(await standing(who, 'recent')).toEqual(who);
  });

  it('asks once for many at the same moment', async () => {
    const { standing, read } = aStanding();
    await Promise.all(Array.from({ length: 100 }, () => standing(who, 'recent')));
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('does not remember that it could not be asked', async () => {
    const { standing, read } = aStanding();
    read.mockRejectedValueOnce(new Error('the table is down'));
    await expect(standing(who, 'recent')).rejects.toThrow('the table is down');
    expect(await standing(who, 'recent')).toEqual(who);
  });

  it('keeps the later answer when an earlier question fails late', async () => {
    const { standing, read } = aStanding();
    let fail: (error: Error) => void = () => undefined;
    read.mockImplementationOnce(() => new Promise((_, reject) => (fail = reject)));
    const early = standing(who, 'now');
    await standing(who, 'now');
    fail(new Error('the table is down'));
    await expect(early).rejects.toThrow('the table is down');
    await standing(who, 'recent');
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('does not grow without end', async () => {
    const { standing, read } = aStanding();
    for (let n = 0; n < 10_001; n++) await standing({ ...who, personId: `person-${n}` }, 'recent');
    await standing({ ...who, personId: 'person-10000' }, 'recent');
    expect(read).toHaveBeenCalledTimes(10_001);
    await standing({ ...who, personId: 'person-0' }, 'recent');
    expect(read).toHaveBeenCalledTimes(10_002);
  });
});

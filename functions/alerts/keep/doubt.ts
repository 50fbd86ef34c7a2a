import type { Doubt } from '../../../shared/contracts/alerts.ts';
import { STAFF_ROLES } from '../../../shared/contracts/roles.ts';
import { within } from '../../../shared/values/areas.ts';
import type { DeviceRecord, ElderCard, PressRecord, ReachablePerson } from '../records.ts';

/** A press with what is known of whom it is about and of who or what pressed. */
export interface KnownPress {
  readonly press: PressRecord;
  readonly elderId: string | undefined;
  readonly card: ElderCard | undefined;
  readonly device: DeviceRecord | undefined;
  /** Who pressed, where it was a person, as they are now. */
  readonly person: ReachablePerson | undefined;
  /** Tokens of this person that were issued before this second (epoch) were revoked. */
  readonly revokedBefore?: number | undefined;
  /** Of a family member who named no elder: to how many they are bound. */
  readonly boundTo?: number | undefined;
}

/** As long as a chain of refresh tokens: who has not been here for so long would have to sign in for anything else. Seconds. */
export const LONG_EXPIRED_SECONDS = 30 * 24 * 60 * 60;

const isStaff = (role: string): boolean => (STAFF_ROLES as readonly string[]).includes(role);

/**
 * Why a press is not taken at its word; undefined where it is. The press is kept all the same, shown with the reason, and rings the
 * desk once: presses are judged here, after their yes, by who the person or device is now and not by what an old token says.
 */
export function doubtOf(known: KnownPress): Doubt | undefined {
  const { press, device } = known;
  const { role } = press.by;
  if (role === 'system' || role === 'partner') return undefined;
  if (role === 'device') return device?.revokedAt === undefined ? undefined : 'revoked';
  return doubtOfPerson(known) ?? (isTied(known) ? undefined : 'not-tied') ?? doubtOfAge(press);
}

function doubtOfPerson({ press: { token }, person, revokedBefore }: KnownPress): Doubt | undefined {
  if (person?.removedAt !== undefined) return 'removed';
  if (revokedBefore !== undefined && (token?.issuedAt ?? 0) < revokedBefore) return 'revoked';
  // A token of before there were epochs is as good as it was when it was issued; news of the person may be a second behind it.
  return token?.epoch !== undefined && token.epoch < (person?.epoch ?? 0) ? 'ended' : undefined;
}

const doubtOfAge = ({ at, token }: PressRecord): Doubt | undefined =>
  token?.expiresAt !== undefined && Date.parse(at) / 1000 - token.expiresAt > LONG_EXPIRED_SECONDS
    ? 'long-expired'
    : undefined;

/**
 * Whether who pressed is tied to whom they pressed for: an elder to themselves, family to an elder to whom they are bound, staff to
 * an elder of their area. Staff who name nobody press for themselves. An elder of whom nobody has heard is nobody's.
 */
function isTied({ press, elderId, card, person, boundTo = 0 }: KnownPress): boolean {
  const { role, personId = '' } = press.by;
  if (role === 'elder') return true;
  if (!isStaff(role)) return elderId === undefined ? boundTo > 0 : card?.family.includes(personId) === true;
  return elderId === undefined || (card !== undefined && within(card.area, person?.area ?? press.area ?? ''));
}

/**
 * Whether nobody but the desk may be called for it, once: who pressed may be anybody. An elder, or their family, whose session lies
 * too long unused may be themselves: then everybody is called as always, and told that it is unverified.
 */
export const isForeign = (known: KnownPress): boolean => {
  const doubt = doubtOf(known);
  return doubt !== undefined && !(doubt === 'long-expired' && !isStaff(known.press.by.role));
};

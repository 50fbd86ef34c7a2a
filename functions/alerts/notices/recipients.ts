import type { Channel } from '../../../shared/contracts/alerts.ts';
import type { Callee } from '../../../shared/contracts/callees.ts';
import type { Role } from '../../../shared/contracts/roles.ts';
import type { AlertPartner } from '../../../shared/policy/watch-rules.ts';
import { districtOf, within } from '../../../shared/values/areas.ts';
import { cityOf } from '../keys.ts';
import type { AlertRecord, ContactRecord, DutyRoster, LadderWave, ReachablePerson, Recipient } from '../records.ts';

/** Everybody whom an alert of a place and an elder could call. */
export interface Around {
  /** Empty when it is not known where. */
  readonly area: string;
  /** Written by hand, in the order in which they are called. */
  readonly contacts: readonly ContactRecord[];
  /** The bound family, as far as alerts know how to reach them, with how many messages WeChat can still bring each. */
  readonly family: readonly (ReachablePerson & { readonly consentsLeft: number })[];
  /** Of every level of the area, from the grid to the city. */
  readonly rosters: readonly DutyRoster[];
  readonly partners: readonly AlertPartner[];
}

/** Somebody who can be called, with each address that is known of them. */
interface Callable {
  readonly to: string;
  readonly name: string;
  readonly personId?: string | undefined;
  readonly phone?: string | undefined;
  readonly openid?: string | undefined;
  readonly consentsLeft?: number;
  /** Only in the inbox: the board itself. */
  readonly isBoard?: boolean;
  readonly partner?: { readonly id: string; readonly url?: string | undefined } | undefined;
}

/**
 * Whom a wave calls, by which channel. By each channel everybody is named once, and so is each phone number: somebody may be a
 * contact and have an account. Who cannot be reached by a channel is not among its recipients; the desk's board always is.
 */
export function recipientsOf({ callees, channels }: Omit<LadderWave, 'after'>, around: Around): Recipient[] {
  const recipients = new Map<string, Recipient>();
  const phones = new Set<string>();
  for (const callee of callees) {
    for (const one of callablesOf(callee, around)) {
      for (const channel of channels) {
        const recipient = recipientBy(channel, callee, one);
        const phone = recipient?.phone && (channel === 'sms' || channel === 'voice') ? recipient.phone : undefined;
        if (recipient === undefined || (phone && phones.has(`${channel}#${phone}`))) continue;
        const key = `${channel}#${recipient.to}`;
        if (recipients.has(key)) continue;
        recipients.set(key, recipient);
        if (phone) phones.add(`${channel}#${phone}`);
      }
    }
  }
  return [...recipients.values()];
}

/**
 * Whether somebody notices: a telephone or another system rings, or the board does before a dispatcher who is on duty. A line in an
 * inbox alone rings nowhere, and WeChat brings nothing to whom no consent is left.
 */
export const rings = ({ channel, callee, personId, withoutConsent }: Recipient): boolean =>
  channel === 'inbox' ? callee === 'dispatchers' && personId !== undefined : !withoutConsent;

export const ringsSomewhere = (recipients: readonly Recipient[]): boolean => recipients.some(rings);

/** The board of an area, as a recipient: that of its district, or of its city. */
export const deskOf = (area: string): string => `desk:${area.length >= 6 ? districtOf(area) : cityOf(area)}`;

/** Whom the desk can phone, nearest first: contacts, family, then those on duty nearby. Each number once. */
export function phoneList(around: Around): AlertRecord['contacts'] {
  const list = new Map<string, AlertRecord['contacts'][number]>();
  const add = (callee: Callee, name: string, phone: string | undefined, relation?: string) => {
    if (phone !== undefined && !list.has(phone))
      list.set(phone, { name, callee, phone, ...(relation !== undefined && { relation }) });
  };
  for (const { kind, name, phone, relation } of around.contacts) add(CALLEE_OF[kind], name, phone, relation);
  for (const { name, phone } of around.family) add('family', name, phone);
  for (const callee of ['grid-worker', 'community-duty'] as const)
    for (const { name, phone } of callablesOf(callee, around)) add(callee, name, phone);
  return [...list.values()];
}

const CALLEE_OF = { family: 'family', neighbour: 'neighbours', volunteer: 'volunteers' } as const;

function callablesOf(callee: Callee, around: Around): Callable[] {
  switch (callee) {
    case 'dispatchers':
      return [{ to: deskOf(around.area), name: '值守台', isBoard: true }, ...onDuty(around, 'dispatcher')];
    case 'family':
      return [...contactsOf(around, 'family'), ...around.family.map(personCallable)];
    case 'grid-worker':
      return onDuty(around, 'grid-worker');
    case 'community-duty':
      return onDuty(around, 'community-staff');
    case 'neighbours':
      return contactsOf(around, 'neighbour');
    case 'volunteers':
      return contactsOf(around, 'volunteer');
    case 'call-centre':
    case 'emergency-services':
      return around.partners.filter((partner) => partner.callee === callee).map(partnerCallable);
  }
}

const contactsOf = ({ contacts }: Around, kind: ContactRecord['kind']): Callable[] =>
  contacts
    .filter((contact) => contact.kind === kind)
    .map(({ contactId, name, phone }) => ({ to: contactId, name, phone }));

/** Those of a role whose area holds the alert. Where it is not known where it is, every desk is called, and nobody to a door. */
const onDuty = ({ rosters, area }: Around, role: Role): Callable[] =>
  rosters
    .filter((roster) => (area === '' ? role === 'dispatcher' : within(area, roster.area)))
    .sort((a, b) => b.area.length - a.area.length)
    .flatMap(({ people }) =>
      Object.entries(people)
        .filter(([, person]) => person.role === role)
        .map(([personId, { name, phone }]) => ({ to: personId, personId, name, phone })),
    );

const personCallable = ({ personId, name, phone, openid, consentsLeft }: Around['family'][number]): Callable => ({
  to: personId,
  personId,
  name,
  phone,
  openid,
  consentsLeft,
});

const partnerCallable = ({ id, name, phone, webhook }: AlertPartner): Callable => ({
  to: id,
  name: name.zh,
  phone,
  partner: { id, ...(webhook !== undefined && { url: webhook }) },
});

/** Somebody as a recipient of a channel; undefined where that channel does not reach them. */
function recipientBy(channel: Channel, callee: Callee, one: Callable): Recipient | undefined {
  const { to, name, personId, phone, openid, consentsLeft = 0, isBoard = false, partner } = one;
  const known = { channel, to, name, callee, ...(personId !== undefined && { personId }) };
  switch (channel) {
    case 'inbox':
      return isBoard || personId !== undefined ? known : undefined;
    case 'wechat':
      return openid === undefined
        ? undefined
        : { ...known, openid, ...(consentsLeft === 0 && { withoutConsent: true }) };
    case 'sms':
      return phone === undefined || partner !== undefined ? undefined : { ...known, phone };
    case 'voice':
      return phone === undefined ? undefined : { ...known, phone, ...(partner && { partner: { id: partner.id } }) };
    case 'partner':
      return partner?.url === undefined ? undefined : { ...known, partner };
    case 'canary':
      return isBoard ? { ...known, to: 'canary', name: 'canary' } : undefined;
  }
}

import * as z from 'zod/mini';
import { AreaCode } from '../values/areas.ts';
import { Instant } from '../values/dates.ts';
import { Slug, Uuid } from '../values/ids.ts';
import { line } from '../values/text.ts';
import { Role, STAFF_ROLES } from './roles.ts';

/** A mobile number of mainland China: 11 digits, starting 13–19. */
export const Phone = z.string().check(z.regex(/^1[3-9]\d{9}$/));

/** `138****5678`, for lists and logs. */
export const maskPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`;

/** The name of somebody who came by WeChat and has not said any. WeChat tells none. */
export const UNNAMED = '家属';

/** A person who signs in. `area` bounds what staff see; `elderId` is whose own account this is; `canteenId` where canteen staff work. */
export const Person = z.strictObject({
  personId: Uuid,
  name: line(40),
  role: Role,
  phone: z.optional(Phone),
  area: z.optional(AreaCode),
  canteenId: z.optional(Slug),
  elderId: z.optional(Uuid),
});
export type Person = z.infer<typeof Person>;

/**
 * How somebody signs in: the single-use code of `wx.login`; a phone number with the one-time code that was sent to it (staff,
 * and families on the web); or the refresh token of an earlier session.
 */
export const SignIn = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('wechat'),
    code: z.string().check(z.minLength(1), z.maxLength(128), z.regex(/^[\w-]+$/)),
  }),
  z.strictObject({ by: z.literal('phone'), phone: Phone, code: z.string().check(z.regex(/^\d{6}$/)) }),
  z.strictObject({ by: z.literal('refresh'), refreshToken: z.string().check(z.regex(/^[\w-]{43}$/)) }),
]);
export type SignIn = z.infer<typeof SignIn>;

/** A session: `token` goes into `Authorization: Bearer …` until `expiresAt`; `refreshToken` gets the next one, once. */
export const Session = z.strictObject({
  token: z.string(),
  expiresAt: Instant,
  refreshToken: z.string(),
  person: Person,
});
export type Session = z.infer<typeof Session>;

export const RequestOneTimeCode = z.strictObject({ phone: Phone });
export const OneTimeCodeSent = z.strictObject({ sentTo: z.string(), expiresInSeconds: z.int() });

/** A member of staff, as district or community staff register them. */
export const StaffMember = z.strictObject({
  name: line(40),
  phone: Phone,
  role: z.enum(STAFF_ROLES),
  area: AreaCode,
  canteenId: z.optional(Slug),
});
export type StaffMember = z.infer<typeof StaffMember>;

/** How somebody shows that a number is theirs: by the code of WeChat's number button, or by the code that was sent to it. */
export const OwnPhone = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('wechat'),
    code: z.string().check(z.minLength(1), z.maxLength(128), z.regex(/^[\w-]+$/)),
  }),
  z.strictObject({ by: z.literal('text'), phone: Phone, code: z.string().check(z.regex(/^\d{6}$/)) }),
]);
export type OwnPhone = z.infer<typeof OwnPhone>;

export const OwnName = z.strictObject({ name: line(40) });

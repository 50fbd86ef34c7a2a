import * as z from 'zod/mini';

/** An id made by the client of what it creates: a lower-case UUID. */
export const Uuid = z
  .string()
  .check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));

/** A short readable name of something that staff set up (a canteen, a dish, a slot): lower-case letters, digits and dashes. */
export const Slug = z.string().check(z.regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/));

/** Where the next page of a list starts: what the last answer gave. */
export const Cursor = z.optional(z.string().check(z.maxLength(400), z.regex(/^[\w-]+$/)));

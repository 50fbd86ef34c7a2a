import type * as z from 'zod/mini';

/** A page's end as text for the client. */
export const encodeCursor = (key: Record<string, unknown>): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/** Half a character, in the only way in which JSON can hold it. No key of ours has one, and the database takes none. */
const HALF_CHARACTER = /\\u[dD][89a-fA-F]/;

/**
 * The page's end that a client sends back, parsed by a schema that says which keys this list can have: a cursor made for another
 * list, or by hand, is `unreadable`.
 */
export function decodeCursor<S extends z.ZodMiniType>(
  cursor: string | undefined,
  schema: S,
): z.infer<S> | undefined | 'unreadable' {
  if (cursor === undefined) return undefined;
  try {
    const text = Buffer.from(cursor, 'base64url').toString('utf8');
    if (HALF_CHARACTER.test(text)) return 'unreadable';
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

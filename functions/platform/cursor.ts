import type * as z from 'zod/mini';

/** A page's end as text for the client. */
export const encodeCursor = (key: Record<string, unknown>): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

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
    const parsed = schema.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return parsed.success ? parsed.data : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

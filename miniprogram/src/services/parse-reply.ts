import * as z from 'zod/mini';

type Json = Record<PropertyKey, unknown>;

/**
 * Parses a reply. A server that is newer than this app may tell more: that is left out, and the rest is shown. Anything else that does
 * not fit is refused as before. `reply` is the app's own copy, and is changed.
 */
export function parseReply(schema: z.ZodMiniType, reply: unknown): ReturnType<typeof z.safeParse<z.ZodMiniType>> {
  const parsed = z.safeParse(schema, reply);
  if (parsed.success || !parsed.error.issues.every(({ code }) => code === 'unrecognized_keys')) return parsed;
  for (const issue of parsed.error.issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const place = issue.path.reduce<unknown>((value, key) => (value as Json)[key], reply) as Json;
    for (const key of issue.keys) delete place[key];
  }
  return z.safeParse(schema, reply);
}

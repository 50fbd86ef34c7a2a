import type * as z from 'zod/mini';
import { log } from '../platform/log.ts';

/**
 * The items that can be read. Everywhere else an item that cannot is a fault; where people must be called it is logged, and the
 * others are called without it.
 */
export async function readable<T>(items: readonly Record<string, unknown>[], schema: z.ZodMiniType<T>): Promise<T[]> {
  const read: T[] = [];
  for (const item of items) {
    const parsed = schema.safeParse(item);
    if (parsed.success) read.push(parsed.data);
    else await log.error('item cannot be read', { pk: item.pk, sk: item.sk });
  }
  return read;
}

import * as z from 'zod/mini';
import { Actor, AlertSource, Position, Reading } from '../../shared/contracts/press.ts';

/*
 * The items that the raising function reads and writes, apart from the others: it loads nothing that it does not need.
 */

/** A press as the raising function received it: all that is known, and nothing looked up. */
export const PressRecord = z.object({
  pressId: z.string(),
  /** The server's clock. */
  at: z.string(),
  source: AlertSource,
  /** For whom: an elder's own token or the caller's word. */
  elderId: z.optional(z.string()),
  deviceId: z.optional(z.string()),
  /** Who pressed: the person of the session, or the device. `area` is what the token says. */
  by: Actor,
  area: z.optional(z.string()),
  pressedAt: z.optional(z.string()),
  position: z.optional(Position),
  reading: z.optional(Reading),
  note: z.optional(z.string()),
  unreadable: z.optional(z.string()),
  drill: z.boolean(),
  /** What the token says besides, in epoch seconds; whether that still holds is judged when the press is kept. */
  token: z.optional(
    z.object({
      issuedAt: z.int(),
      /** When the session runs, or ran, out. Devices' tokens do not. */
      expiresAt: z.optional(z.int()),
      /** Of the person: an older one than is known of them was ended. */
      epoch: z.optional(z.int()),
    }),
  ),
  /** Who pressed had pressed several times within the minute: it is kept after the presses of others. */
  again: z.optional(z.boolean()),
  /** The alert that it opened or joined: absent until it has been kept. */
  alertId: z.optional(z.string()),
});
export type PressRecord = z.infer<typeof PressRecord>;

/** What was revoked: `DEVICE#<id>` or `PERSON#<id>` to the epoch second before which its tokens were issued. */
export type Revocations = ReadonlyMap<string, number>;

export interface RevokedOptions {
  readonly read: (signal: AbortSignal) => Promise<Revocations>;
  readonly clock?: () => number;
}

const FRESH_MS = 30_000;
const AFTER_A_FAULT_MS = 5_000;
/** How long a press waits for the list: the first one for what it says, a later one until it has been read. */
const PATIENCE_MS = 150;
const DEADLINE_MS = 1_000;

/**
 * What is revoked, in memory. It is read again every 30 s, beside the work of a press. When it cannot be read, the last one counts,
 * or none: a press by somebody who should not is better than one that was not heard.
 */
export function revokedList({ read, clock = Date.now }: RevokedOptions) {
  let known: Revocations | undefined;
  let dueAt = 0;
  let reading: Promise<void> | undefined;
  let controller = new AbortController();
  let hasWaited = false;

  function refresh(): void {
    if (reading !== undefined || clock() < dueAt) return;
    controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), DEADLINE_MS);
    reading = read(controller.signal)
      .then(
        (list) => {
          known = list;
          dueAt = clock() + FRESH_MS;
        },
        () => {
          dueAt = clock() + AFTER_A_FAULT_MS;
        },
      )
      .finally(() => {
        clearTimeout(timer);
        reading = undefined;
      });
  }
  const patiently = (): Promise<unknown> =>
    Promise.race([reading, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref())]);

  return {
    refresh,
    /** Whether a token of this device or person that was issued then was taken back. */
    async includes(key: string, issuedAt: number): Promise<boolean> {
      refresh();
      if (known === undefined && !hasWaited) {
        await patiently();
        hasWaited = true;
      }
      return issuedAt < (known?.get(key) ?? 0);
    },
    /** Waits a little for a reading that is under way, and ends it: nothing may be left running behind an answer. */
    async settle(): Promise<void> {
      if (reading === undefined) return;
      await patiently();
      controller.abort();
    },
  };
}

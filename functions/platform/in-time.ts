/** How long something may take, and how often it is tried. */
export interface Patience {
  /** Milliseconds that each try has. */
  readonly deadline: number;
  readonly tries: number;
}

/** Between two tries, ms: long enough that a connection that was just lost can be opened anew. */
const PAUSE_MS = 30;

/** What did not answer within its deadline. */
class TooLate extends Error {
  override readonly name = 'TooLate';
}

/**
 * Does something within a deadline, and again when it fails or is late. What is late is aborted: nothing of it is left running
 * once this has answered. Throws what the last try threw.
 */
export async function inTime<T>({ deadline, tries }: Patience, act: (signal: AbortSignal) => Promise<T>): Promise<T> {
  for (let left = tries; ; ) {
    left -= 1;
    try {
      return await once(deadline, act);
    } catch (error) {
      if (left <= 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

async function once<T>(deadline: number, act: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new TooLate(`no answer within ${deadline} ms`));
      controller.abort();
    }, deadline);
  });
  try {
    return await Promise.race([act(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

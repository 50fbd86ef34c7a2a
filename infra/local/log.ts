const COLOURS = [36, 32, 33, 35, 34, 96, 92, 93, 95, 94];

const SAME_WORDS_MS = 5000;

/** One stream of words for everything that runs: each function's lines carry its name in a colour of its own. */
export interface Log {
  /** What a function wrote. */
  lines(name: string, text: string): void;
  /** What the local cloud itself has to say. */
  say(text: string): void;
  /** What must not be overlooked. */
  loud(text: string): void;
}

/** Writes to `write` (standard output); `quiet` leaves out everything but what is loud. */
export function createLog({
  quiet,
  write = (text) => process.stdout.write(text),
}: {
  quiet: boolean;
  write?: (text: string) => void;
}): Log {
  const colours = new Map<string, number>();
  const said = new Map<string, number>();
  const paint = process.stdout.isTTY
    ? (code: number, text: string) => `\u001b[${code}m${text}\u001b[0m`
    : (_: number, text: string) => text;
  const colourOf = (name: string): number => {
    if (!colours.has(name)) colours.set(name, COLOURS[colours.size % COLOURS.length] ?? 37);
    return colours.get(name) ?? 37;
  };
  return {
    lines(name, text) {
      if (quiet) return;
      for (const line of text.split('\n'))
        if (line !== '') write(`${paint(colourOf(name), name.padEnd(16))} ${line}\n`);
    },
    say(text) {
      if (!quiet) write(`${text}\n`);
    },
    loud(text) {
      // The same words over and over would bury everything else: once in five seconds will do.
      const now = Date.now();
      if (now - (said.get(text) ?? 0) < SAME_WORDS_MS) return;
      if (said.size > 1000) said.clear();
      said.set(text, now);
      process.stderr.write(`${process.stderr.isTTY ? `\u001b[1;33m! ${text}\u001b[0m` : `! ${text}`}\n`);
    },
  };
}

import type { Mistake } from './mistake.ts';

/** Parses JSON; a mistake tells the line and column at which it stopped being JSON. */
export function parseJson(text: string): { value: unknown } | { mistake: Mistake } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { mistake: { path: place(text, error.message), found: 'the file is no JSON', right: error.message } };
  }
}

/** `line 12, column 3` of the position that V8's message names; the end of the text where it names none. */
function place(text: string, message: string): string {
  const named = /position (\d+)/.exec(message)?.[1];
  const before = text.slice(0, named === undefined ? text.length : Number(named)).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

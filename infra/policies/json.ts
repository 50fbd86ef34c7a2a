import type { Mistake } from './mistake.ts';

/** Deeper nesting than this no document needs, and nothing that reads one is tried with it. */
const MOST_NESTED = 100;
const MAX_LENGTH = 2_000_000;

class NotJson extends Error {
  readonly at: number;
  readonly right: string;
  constructor(at: number, found: string, right: string) {
    super(found);
    this.at = at;
    this.right = right;
  }
}

/**
 * Parses JSON (RFC 8259). A mistake tells the line and column, what stands there and what would be right; a field that is
 * given twice in one object is a mistake too, as `JSON.parse` would drop the first without a word.
 */
export function parseJson(text: string): { value: unknown } | { mistake: Mistake } {
  if (text.length > MAX_LENGTH) {
    return { mistake: { path: '', found: `${text.length} characters`, right: `at most ${MAX_LENGTH} are read` } };
  }
  try {
    scan(text);
    return { value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    return { mistake: { path: place(text, error.at), found: error.message, right: error.right } };
  }
}

function place(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

/** Goes through the text as a JSON parser does and throws at the first thing that is wrong; makes no values. */
function scan(text: string): void {
  let at = 0;

  const found = (): string => {
    if (at >= text.length) return 'the text ends here';
    if (text.startsWith('//', at) || text.startsWith('/*', at)) return 'a comment';
    return `found ${JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0))}`;
  };
  const fail = (right: string): never => {
    const isComment = text.startsWith('//', at) || text.startsWith('/*', at);
    throw new NotJson(at, found(), isComment ? 'JSON has no comments: take it out' : right);
  };
  const blank = (): void => {
    while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1;
  };
  /** Takes what matches from here on, or nothing. */
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text)?.[0];
    at += match?.length ?? 0;
    return match;
  };

  function string(): string {
    const start = at;
    if (take(STRING) === undefined) fail('a text must stand in straight double quotes, closed on the same line');
    return JSON.parse(text.slice(start, at)) as string;
  }

  function value(depth: number): void {
    if (depth > MOST_NESTED) fail(`at most ${MOST_NESTED} levels of { } and [ ] are read`);
    const next = text.charAt(at);
    if (next === '{') object(depth);
    else if (next === '[') list(depth);
    else if (next === '"') string();
    else if (take(WORD_OR_NUMBER) === undefined)
      fail('a value must stand here: a text in quotes, a number, true, false, null, { } or [ ]');
    blank();
  }

  function object(depth: number): void {
    const seen = new Set<string>();
    at += 1;
    blank();
    if (text.charAt(at) === '}') {
      at += 1;
      return;
    }
    for (;;) {
      const start = at;
      if (text.charAt(at) !== '"')
        fail('a field’s name in double quotes must stand here (and no comma before a closing })');
      const name = string();
      if (seen.has(name))
        throw new NotJson(start, `the field ${JSON.stringify(name)} for the second time`, 'give it once');
      seen.add(name);
      blank();
      if (text.charAt(at) !== ':') fail('a colon must stand between a field’s name and its value');
      at += 1;
      blank();
      value(depth + 1);
      if (!another('}')) return;
    }
  }

  function list(depth: number): void {
    at += 1;
    blank();
    if (text.charAt(at) === ']') {
      at += 1;
      return;
    }
    for (;;) {
      if (text.charAt(at) === ']') fail('no comma may stand before a closing ]');
      value(depth + 1);
      if (!another(']')) return;
    }
  }

  /** After an entry: whether a comma announces another; false at the closing bracket. */
  function another(close: string): boolean {
    const next = text.charAt(at);
    if (next !== ',' && next !== close) fail(`a comma or ${close} must stand here`);
    at += 1;
    if (next === close) return false;
    blank();
    return true;
  }

  blank();
  value(0);
  if (at < text.length) fail('nothing may follow the document');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids control characters in strings
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD_OR_NUMBER = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;

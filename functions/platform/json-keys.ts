/** A text, or what opens, closes and parts: all that is needed to follow the keys of a JSON text that is known to be well-formed. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

const PROTO = '"__proto__"';

/**
 * Whether an object in a JSON text has a key that two readers may understand differently: one that it names twice
 * (`{"a":1,"a":2}`: `JSON.parse` takes the last, others the first; RFC 7493, 2.3), or `__proto__`, which some copy into the
 * object's own kind and zod's records pass over. The text must be well-formed.
 */
export function hasAmbiguousKey(json: string): boolean {
  /** The keys seen in each open object, from the outermost; nothing for a list. */
  const open: (Set<string> | undefined)[] = [];
  let last = '';
  for (const [token] of json.matchAll(TOKENS)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':') {
      const keys = open.at(-1);
      const key = last.includes('\\') ? JSON.stringify(JSON.parse(last)) : last;
      if (key === PROTO || keys?.has(key)) return true;
      keys?.add(key);
    }
    last = token;
  }
  return false;
}

/** One thing that is wrong in a policy document: where, what was found there, and what would be right. */
export interface Mistake {
  /** `meals.tiers[1].pays`, or `line 12, column 3` where the file is no JSON; empty for the document as a whole. */
  readonly path: string;
  readonly found: string;
  readonly right: string;
}

/** `meals.tiers[1].pays` of a list of keys; keys that are no plain words are quoted. */
export function pathText(keys: readonly PropertyKey[]): string {
  return keys.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    const name = String(key);
    if (!/^[\w$-]+$/.test(name)) return `${text}[${JSON.stringify(name)}]`;
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

/** A value as it stands in the document, shortened. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** A mistake as one line; `whole` is what to call the place of a mistake that is not at one field. */
export const mistakeText = ({ path, found, right }: Mistake, whole = 'the document'): string =>
  `${path === '' ? whole : path}: ${found}; ${right}`;

import * as z from 'zod/mini';
import { Policy } from '../../shared/policy/policy.ts';
import { type Mistake, pathText, shown } from './mistake.ts';
import { nearest } from './nearest.ts';
import { fieldNames } from './schema.ts';

type Issue = z.core.$ZodIssue;

/** Reads a document by the schema of policies: the policy, or what is wrong with its shape. */
export function readShape(document: unknown): { policy: Policy } | { mistakes: Mistake[] } {
  const read = z.safeParse(Policy, document, { reportInput: true });
  if (read.success) return { policy: read.data };
  return { mistakes: shapeMistakes(read.error.issues, document, Policy) };
}

/** What is wrong with a value by a schema, in words. */
export const shapeMistakes = (issues: readonly Issue[], document: unknown, schema: z.ZodMiniType): Mistake[] =>
  issues.flatMap((issue) => mistakesOf(issue, document, fieldNames(schema)));

function mistakesOf(issue: Issue, document: unknown, fields: ReadonlySet<string>): Mistake[] {
  const path = pathText(issue.path);
  const value = at(document, issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const similar = nearest(key, fields);
      return {
        path: pathText([...issue.path, key]),
        found: `unknown field ${shown(key)}`,
        right: similar === undefined ? 'take it out' : `did you mean ${shown(similar)}?`,
      };
    });
  }
  if (issue.code === 'invalid_union') {
    const likeliest = likeliestBranch(issue.errors);
    if (likeliest.length > 0) {
      return likeliest.flatMap((inner) =>
        mistakesOf({ ...inner, path: [...issue.path, ...inner.path] } as Issue, document, fields),
      );
    }
  }
  if (issue.code === 'invalid_key') {
    return [{ path, found: 'a name that cannot be used', right: 'names are lower-case letters, digits and dashes' }];
  }
  const found = value === undefined ? 'it is missing' : `found ${shown(value)}`;
  return [{ path, found, right: wanted(issue) }];
}

/** Of the readings that a value could have had, the one that it came nearest to: with fewest fields that it does not have, whose mistake lies deepest. */
function likeliestBranch(errors: readonly (readonly Issue[])[]): readonly Issue[] {
  const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map(({ path }) => path.length));
  const isOtherType = (issues: readonly Issue[]): boolean =>
    issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0);
  const strangers = (issues: readonly Issue[]): number =>
    issues.reduce(
      (sum, issue) => sum + (issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys.length : 0),
      0,
    );
  const [nearestBranch = []] = [...errors].sort(
    (a, b) => Number(isOtherType(a)) - Number(isOtherType(b)) || strangers(a) - strangers(b) || depth(b) - depth(a),
  );
  return nearestBranch;
}

const at = (document: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], document);

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text in quotes',
  number: 'a number',
  int: 'a whole number (amounts are in fen: 12 yuan is 1200)',
  boolean: 'true or false',
  array: 'a list in [ ]',
  object: 'an object in { }',
  record: 'an object in { }',
};

function wanted(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      // Only the meal table has amounts: seconds and hours are no fen.
      if (issue.expected === 'int' && issue.path[0] === 'alerts') return 'it must be a whole number';
      return `it must be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `it must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'too_small':
      return issue.origin === 'array' || issue.origin === 'string'
        ? `it needs at least ${issue.minimum} ${issue.origin === 'array' ? 'entry' : 'character'}`
        : `it must be ${issue.minimum} or more`;
    case 'too_big':
      return issue.origin === 'array' || issue.origin === 'string'
        ? `it may have at most ${issue.maximum} ${issue.origin === 'array' ? 'entries' : 'characters'}`
        : `it must be ${issue.maximum} or less`;
    case 'invalid_format':
      return formatWords(issue);
    default:
      return issue.message;
  }
}

/** The patterns of the schema in words: each is known by a part that no other has. */
const FORMATS: readonly (readonly [part: string, words: string])[] = [
  ['(19|20|21)', 'it must be a day as YYYY-MM-DD, such as 2026-12-01'],
  ['{15}', 'it must be an area code of 4, 6, 9, 12 or 15 digits'],
  ['[a-z0-9-]', 'it must be lower-case letters, digits and dashes, at most 40, such as "75-plus"'],
  ['2[0-3]', 'it must be a time of day as HH:MM, such as 09:15'],
  ['https:', 'it must be an https address without blanks or a name and password in it'],
  ['\\+?\\d', 'it must be a telephone number of 3 to 20 digits and dashes, such as 120 or 0931-8880120'],
  ['(0[1-9]|1[0-2])', 'it must be a month and day as MM-DD, such as 11-15'],
];

function formatWords(issue: Issue): string {
  const pattern = 'pattern' in issue ? String(issue.pattern) : '';
  return FORMATS.find(([part]) => pattern.includes(part))?.[1] ?? issue.message;
}

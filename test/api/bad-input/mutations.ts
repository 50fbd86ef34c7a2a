/** One thing that is wrong with a body that was right. `what` says which, in words. */
export interface Mutation {
  readonly what: string;
  readonly body: unknown;
  /** The refusal that it must get, where it is not `invalid-request`. */
  readonly code?: string;
}

type Path = readonly (string | number)[];
type Container = Record<string | number, unknown>;

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

/** Every place inside a JSON value, the whole first. */
export function* placesIn(value: unknown, path: Path = []): Generator<{ path: Path; value: unknown }> {
  yield { path, value };
  if (!isContainer(value)) return;
  for (const key of Object.keys(value)) {
    const step = Array.isArray(value) ? Number(key) : key;
    yield* placesIn(value[step], [...path, step]);
  }
}

/** A copy with another value at a place. */
export function withAt(whole: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value;
  const copy = (Array.isArray(whole) ? [...whole] : { ...(whole as object) }) as Container;
  copy[step] = withAt(copy[step], rest, value);
  return copy;
}

function withoutAt(whole: unknown, path: Path): unknown {
  const last = path.at(-1);
  const parent = path.slice(0, -1).reduce<unknown>((value, step) => (value as Container)[step], whole);
  const { [last as string]: _, ...rest } = parent as Container;
  return withAt(whole, path.slice(0, -1), rest);
}

const LONE_SURROGATE = '\ud800';

/** Text that no field takes: what cannot be printed or stored whole, and what is longer than anything may be. */
export const BAD_TEXT: Readonly<Record<string, string>> = {
  'a NUL': 'a\u0000b',
  'a bell': '\u0007',
  'a line feed': 'a\nb',
  'a C1 control character': 'a\u0085b',
  'a line separator': 'a\u2028b',
  'an unpaired high surrogate': `a${LONE_SURROGATE}b`,
  'an unpaired low surrogate': '\udc00a',
  'five thousand characters': '长'.repeat(5000),
  'blanks only': '   ',
  'nothing in it': '',
};

/** Numbers that no field takes: all are whole numbers with bounds. */
const BAD_NUMBERS = [-1, 1.5, -0.5, 1e308, -1e308, 2 ** 53, 5e-324];

const OTHER_TYPES: readonly unknown[] = [null, true, 7, 'x', [], {}, [[]], { a: { b: 1 } }];
const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

const at = (path: Path): string => ['body', ...path].join('.');

/** Every mutation of a right body of which each must be refused; `freeText` names fields that take whole files. */
export function* mutationsOf(body: unknown, freeText: readonly string[]): Generator<Mutation> {
  for (const { path, value } of placesIn(body)) {
    const put = (what: string, other: unknown): Mutation => ({
      what: `${at(path)}: ${what}`,
      body: withAt(body, path, other),
    });
    if (freeText.includes(String(path.at(-1)))) continue;
    for (const other of OTHER_TYPES) {
      if (typeOf(other) !== typeOf(value)) yield put(`${JSON.stringify(other)} instead`, other);
    }
    if (typeof value === 'number') for (const number of BAD_NUMBERS) yield put(String(number), number);
    if (typeof value === 'string')
      for (const [what, text] of Object.entries(BAD_TEXT)) yield put(`text with ${what}`, text);
    if (typeOf(value) === 'object') {
      for (const key of ['unknown', 'constructor', 'toString', 'ELDERID']) {
        yield put(`an unknown field ${key}`, { ...(value as object), [key]: 1 });
      }
      // Written as text, `{"__proto__": …}` makes an own property; as a literal it would not.
      const proto = JSON.parse('{"__proto__":{"role":"district-staff"}}') as object;
      yield { ...put('a field __proto__', { ...(value as object), ...proto }), code: 'malformed-json' };
    }
    if (Array.isArray(value) && value.length > 0) {
      yield put(
        'two hundred entries',
        Array.from({ length: 200 }, () => value[0]),
      );
      yield put('a hole', [...value, null]);
    }
    if (path.length > 0 && typeof path.at(-1) === 'string') {
      yield { what: `${at(path)}: missing`, body: withoutAt(body, path) };
    }
  }
}

const MANY = 1_000_000;
/** Bodies of exactly so many bytes; 64 KB is what any route takes. */
const LIMIT = 64 * 1024;

/** Raw bodies, and the refusal that each must get. `right` is a body that the route takes. */
export function rawBodies(right: unknown): Readonly<Record<string, { bytes: string | Buffer; code: string }>> {
  const json = JSON.stringify(right);
  const unknownField = `{"unknown":1,${json.slice(1)}`;
  const bad = (bytes: string | Buffer) => ({ bytes, code: 'malformed-json' });
  const wrong = (bytes: string | Buffer) => ({ bytes, code: 'invalid-request' });
  const large = (bytes: string | Buffer) => ({ bytes, code: 'body-too-large' });
  const [firstKey = ''] = Object.keys(right as object);
  const firstValue = JSON.stringify((right as Record<string, unknown>)[firstKey]);
  return {
    'no bytes': bad(''),
    blanks: bad('   '),
    null: wrong('null'),
    true: wrong('true'),
    'a number': wrong('5'),
    'a text': wrong('"x"'),
    'a list': wrong('[]'),
    'an empty object': wrong('{}'),
    'an object in a list': wrong(`[${json}]`),
    'an object in a text': wrong(JSON.stringify(json)),
    'half an object': bad(json.slice(0, -1)),
    'two objects': bad(json + json),
    'a comma too much': bad(`${json.slice(0, -1)},}`),
    'single quotes': bad(json.replaceAll('"', "'")),
    NaN: bad('{"rev":NaN}'),
    Infinity: bad('{"rev":-Infinity}'),
    'a comment': bad(`/* */${json}`),
    'a byte order mark': bad(`\ufeff${json}`),
    'UTF-16': bad(Buffer.from(json, 'utf16le')),
    'bytes that are no UTF-8': bad(
      Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff, 0xfe, 0xc0]), Buffer.from('"}')]),
    ),
    'an overlong UTF-8 slash': bad(
      Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]),
    ),
    'base64 of an object': bad(Buffer.from(json).toString('base64')),
    'a form': bad('elderId=1&date=2026-12-01'),
    'a key twice': bad(`{${JSON.stringify(firstKey)}:${firstValue},${json.slice(1)}`),
    'a key twice, once in escapes': bad(
      `{"\\u${firstKey.charCodeAt(0).toString(16).padStart(4, '0')}${firstKey.slice(1)}":${firstValue},${json.slice(1)}`,
    ),
    'sixty thousand brackets': bad('['.repeat(60_000)),
    'thirty thousand brackets, closed': wrong('['.repeat(30_000) + ']'.repeat(30_000)),
    'objects ten thousand deep': wrong(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`),
    'a field thirty thousand deep': wrong(`{${JSON.stringify(firstKey)}:${'['.repeat(30_000)}${']'.repeat(30_000)}}`),
    'a million brackets': large('['.repeat(MANY)),
    'a million brackets, closed': large('['.repeat(MANY) + ']'.repeat(MANY)),
    'exactly 64 KB': wrong(unknownField + ' '.repeat(LIMIT - Buffer.byteLength(unknownField))),
    '64 KB and a byte': large(json + ' '.repeat(LIMIT + 1 - Buffer.byteLength(json))),
    '64 KB in fewer characters': large(`${json}"${'长'.repeat(LIMIT / 2)}"`),
    'ten thousand unknown fields': wrong(`{${Array.from({ length: 5000 }, (_, n) => `"a${n}":1`).join()}}`),
  };
}

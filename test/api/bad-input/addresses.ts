/** Parts of a path that name nothing, as they stand in an address. */
export const BAD_SEGMENTS = {
  'a word': 'undefined',
  'a NUL': '%00',
  'a line feed': 'a%0Ab',
  'an encoded slash': 'a%2Fb',
  'two dots': '%2e%2e',
  'two dots and a slash': '%2e%2e%2Felders',
  'bytes that are no UTF-8': '%f0%28',
  'half an escape': '%e5%ae',
  'a bare percent sign': '%',
  'a doubly encoded NUL': '%2500',
  'the key __proto__': '__proto__',
  constructor: 'constructor',
  'a key of ours': 'ELDER%23x',
  'an upper-case id': '00000000-0000-4000-8000-00000000000A',
  'three hundred characters': 'a'.repeat(300),
  'three thousand characters': '1'.repeat(3000),
  'a face': '%F0%9F%91%B5',
  blanks: '%20%20',
  'a star': '*',
  braces: '%7BelderId%7D',
};

const encoded = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** Cursors that no list has given out: garbage, another list's, another elder's, and keys that no database takes. */
export const strangeCursors = (elderId: string, community: string, from: string | undefined): string[] => [
  'x',
  'a'.repeat(401),
  '..%2F..',
  encoded('not json'),
  encoded('null'),
  encoded('[]'),
  encoded('"'),
  encoded({}),
  encoded({ sk: 1 }),
  encoded({ sk: 'ELDER' }),
  encoded({ pk: `ELDER#${elderId}`, sk: 'ELDER' }),
  encoded({ sk: `BINDING#${elderId}` }),
  encoded({ sk: `NAME#x#${elderId}`, gsi1pk: `COMMUNITY#${community}` }),
  encoded({ pk: 'ORDER#1', sk: 'ORDER', gsi2pk: 'ELDER#another', gsi2sk: '2026-12-01#lunch#1' }),
  encoded({ pk: 'ORDER#1', sk: 'ORDER', gsi2pk: `ELDER#${elderId}`, gsi2sk: '2199-01-01' }),
  encoded('{"sk":"ACCESS#\\ud800"}'),
  encoded(`{"sk":"NAME#\\ud800#${elderId}"}`),
  encoded(`{"pk":"ORDER#\\udc00","sk":"ORDER","gsi2pk":"ELDER#${elderId}","gsi2sk":"${from}"}`),
  encoded('['.repeat(250)),
];

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Presser } from '../../../../functions/alerts/raise/caller.ts';
import { readPress } from '../../../../functions/alerts/raise/read-press.ts';
import { PressRecord } from '../../../../functions/alerts/records.ts';
import { Uuid } from '../../../../shared/values/ids.ts';
import { COMMUNITY, GRID, id, NOW, staff } from '../../../support/a-town.ts';

const elder: Presser = { personId: id(7001), role: 'elder', elderId: id(1), issuedAt: 0, expiresAt: 7200 };
const family: Presser = { personId: id(9001), role: 'family', issuedAt: 0, expiresAt: 7200 };
const key: Presser = { role: 'device', deviceId: id(6001), kind: 'key', area: GRID, elderId: id(1), issuedAt: 0 };
const position = { longitude: 103.8, latitude: 36.06, coordinates: 'gcj02' } as const;

const reading = (body: unknown, presser: Presser = elder, alertId: string | undefined = id(2)) =>
  readPress(
    { alertId, body: typeof body === 'string' ? body : JSON.stringify(body), isBase64Encoded: false },
    presser,
    NOW,
  );

describe('a press that can be read', () => {
  it('is what it says, with who pressed and the server’s clock', () => {
    const body = { source: 'app', pressedAt: '2026-11-30T23:59:59.000Z', position, note: '摔倒了' };
    expect(reading(body)).toEqual({
      pressId: id(2),
      at: NOW,
      source: 'app',
      elderId: id(1),
      by: { personId: id(7001), role: 'elder' },
      pressedAt: '2026-11-30T23:59:59.000Z',
      position,
      note: '摔倒了',
      drill: false,
      token: { issuedAt: 0, expiresAt: 7200 },
    });
  });

  it('needs no body at all', () => {
    expect(reading('', key)).toEqual({
      pressId: id(2),
      at: NOW,
      source: 'key',
      elderId: id(1),
      deviceId: id(6001),
      by: { role: 'device' },
      area: GRID,
      drill: false,
      token: { issuedAt: 0 },
    });
  });

  it('keeps a clock that is off by hours beside the server’s', () => {
    expect(reading({ pressedAt: '2026-11-30T08:00:00.000Z' })).toMatchObject({
      at: NOW,
      pressedAt: '2026-11-30T08:00:00.000Z',
    });
  });

  it('comes from the app where a person does not say, and from a call where staff do not', () => {
    expect(reading({}).source).toBe('app');
    expect(reading({}, { ...staff, issuedAt: 0, expiresAt: 7200 })).toMatchObject({
      source: 'staff-call',
      area: COMMUNITY,
    });
  });

  it('is for whom the family says', () => {
    expect(reading({ elderId: id(3) }, family)).toMatchObject({ elderId: id(3) });
  });

  it('may come in bytes', () => {
    const body = Buffer.from(JSON.stringify({ note: '摔倒了' })).toString('base64');
    expect(readPress({ alertId: id(2), body, isBase64Encoded: true }, elder, NOW).note).toBe('摔倒了');
  });

  it('is the same by the id in capitals', () => {
    const press = reading({}, elder, 'ABCDEF00-0000-4000-8000-000000000001');
    expect(press.pressId).toBe('abcdef00-0000-4000-8000-000000000001');
    expect(press.unreadable).toBeUndefined();
  });
});

describe('what a token says goes before what a body says', () => {
  it('an elder and a device press for themselves; what they said instead is kept', () => {
    for (const presser of [elder, key]) {
      const press = reading({ elderId: id(3) }, presser);
      expect(press.elderId).toBe(id(1));
      expect(press.unreadable).toContain(id(3));
    }
  });

  it('only a canary is a canary, and no check is missed on somebody’s word', () => {
    expect(reading({ source: 'canary' })).toMatchObject({ source: 'app', unreadable: '{"source":"canary"}' });
    expect(reading({ source: 'missed-check' }, family).source).toBe('app');
    expect(reading({ source: 'canary' }, key).source).toBe('key');
    expect(reading({ source: 'key' }, { ...key, kind: 'canary' }).source).toBe('canary');
  });
});

describe('a press of which something cannot be read', () => {
  const cases: [string, unknown, Partial<PressRecord>][] = [
    ['a position outside the world', { position: { ...position, latitude: 999 }, note: '来' }, { note: '来' }],
    ['a position as text', { position: 'garbage', source: 'key' }, { source: 'key' }],
    ['a reading that is no number', { reading: { kind: 'heart-rate', value: 'fast' } }, {}],
    ['a reading too large for a table', { reading: { kind: 'heart-rate', value: 1e300 } }, {}],
    ['a source that there is not', { source: 'doorbell', position }, { source: 'app', position }],
    ['a day that there is not', { pressedAt: '2026-02-31T00:00:00.000Z' }, {}],
    ['a drill that is neither yes nor no', { drill: 'yes' }, { drill: false }],
    ['a field that there is not', { colour: 'red', position }, { position }],
    ['an accuracy that is none', { position: { ...position, accuracyMetres: -5 } }, { position }],
    ['a note of three lines', { note: ' 摔倒了\n快来\t' }, { note: '摔倒了 快来' }],
  ];
  it.each(cases)('%s: the rest is read, and the text is kept', (_, body, read) => {
    const press = reading(body);
    expect(press).toMatchObject(read);
    expect(press.unreadable).toBe(JSON.stringify(body));
    expect(Object.keys(press).sort()).toEqual(
      ['at', 'by', 'drill', 'elderId', 'pressId', 'source', 'token', 'unreadable', ...Object.keys(read)]
        .filter((name, at, all) => all.indexOf(name) === at)
        .sort(),
    );
  });

  it.each(['not json at all', '{"position":', '[1,2,3]', '"help"', 'null', '\u0000\u0001', '<press/>'])(
    'keeps a body that is no object: %j',
    (body) => {
      expect(reading(body)).toMatchObject({ pressId: id(2), source: 'app', unreadable: body });
    },
  );

  it('keeps bytes that are no text as far as they can be shown, and reads what is beside them', () => {
    const bytes = Buffer.concat([
      Buffer.from('{"source":"key","note":"'),
      Buffer.from([0xc8, 0xcb]),
      Buffer.from('"}'),
    ]).toString('base64');
    const press = readPress({ alertId: id(2), body: bytes, isBase64Encoded: true }, elder, NOW);
    expect(press).toMatchObject({ source: 'key', unreadable: '{"source":"key","note":"\ufffd\ufffd"}' });
    expect(press.note).toBeUndefined();
  });

  it('keeps the beginning of a body that is too large', () => {
    const press = reading({ note: 'x'.repeat(70_000) });
    expect(press.unreadable).toHaveLength(2000);
    expect(press.unreadable?.startsWith('{"note":"xxx')).toBe(true);
  });

  it('bears a body that is nested a hundred thousand deep', () => {
    expect(reading('['.repeat(60_000)).unreadable).toHaveLength(2000);
    expect(reading(`{"position":${'['.repeat(30_000)}${']'.repeat(30_000)}}`).unreadable).toHaveLength(2000);
  });

  it('keeps an id that is none as evidence, and gives the same press the same id each time', () => {
    const [one, again] = [reading({}, elder, 'my-alert'), reading({}, elder, 'my-alert')];
    expect(Uuid.safeParse(one.pressId).success).toBe(true);
    expect(again.pressId).toBe(one.pressId);
    expect(one.unreadable).toBe('alertId: my-alert');
    expect(reading({}, family, 'my-alert').pressId).not.toBe(one.pressId);
  });
});

/** Every text in a value. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' ? Object.values(value ?? {}).flatMap(textsIn) : [];

describe('whatever arrives', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.record(
      {
        elderId: fc.anything(),
        source: fc.anything(),
        pressedAt: fc.anything(),
        position: fc.anything(),
        reading: fc.anything(),
        note: fc.anything(),
        drill: fc.anything(),
      },
      { requiredKeys: [] },
    ),
  );
  const textOf = (body: unknown): string => {
    try {
      return typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
    } catch {
      return '{}';
    }
  };

  it('is a press that can be stored, and never throws', () => {
    fc.assert(
      fc.property(anything, fc.string(), fc.constantFrom(elder, family, key), (body, alertId, presser) => {
        const press = readPress({ alertId, body: textOf(body), isBase64Encoded: false }, presser, NOW);
        expect(PressRecord.safeParse(press).success).toBe(true);
        expect(Uuid.safeParse(press.pressId).success).toBe(true);
        expect(textsIn(press).every((text) => text.isWellFormed() && !/[\ufffe\uffff]/.test(text))).toBe(true);
      }),
    );
  });

  it('never loses the text of a field that it could not read', () => {
    const words = fc.stringMatching(/^[a-z]{8,30}$/);
    const field = fc.constantFrom('position', 'reading', 'source', 'pressedAt', 'drill', 'elderId');
    fc.assert(
      fc.property(words, field, (word, name) => {
        expect(reading({ [name]: word }).unreadable).toContain(word);
      }),
    );
  });

  it('is read from any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const body = Buffer.from(bytes).toString('base64');
        const press = readPress({ alertId: undefined, body, isBase64Encoded: true }, key, NOW);
        expect(PressRecord.safeParse(press).success).toBe(true);
      }),
    );
  });
});

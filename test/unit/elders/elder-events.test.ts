import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { elderChanged, eventsOf } from '../../../functions/elders/elder-events.ts';
import { elderItem } from '../../../functions/elders/elder-items.ts';
import type { ElderRecord } from '../../../functions/elders/elder-record.ts';
import { streamConsumer } from '../../../functions/platform/consumer.ts';
import type { Absence } from '../../../shared/contracts/elder-facts.ts';
import { DomainEvent } from '../../../shared/contracts/events.ts';
import { anElder, GRID, id, NOW } from '../../support/a-town.ts';

const away = (from: string, until?: string): Absence => ({
  reason: 'travel',
  from,
  ...(until !== undefined && { until }),
});
const typesOf = (before: ReturnType<typeof anElder> | undefined, after: ReturnType<typeof anElder>) =>
  eventsOf(before, after, NOW).map(({ type }) => type);

describe('what a change of an elder means to others', () => {
  it('is nothing when the elder is registered, or moves, or gets a tag', () => {
    expect(typesOf(undefined, anElder())).toEqual([]);
    expect(typesOf(anElder(), anElder({ rev: 2, address: '东岗路2号' }))).toEqual([]);
  });

  it('is a death, with its day and place', () => {
    expect(eventsOf(anElder(), anElder({ diedOn: '2026-11-30' }), NOW)).toEqual([
      { type: 'elder-died', elderId: id(1), area: GRID, diedOn: '2026-11-30', at: NOW },
    ]);
  });

  it('is a death again when its day is corrected, and nothing when something else changes afterwards', () => {
    const dead = anElder({ diedOn: '2026-11-30' });
    expect(typesOf(dead, anElder({ diedOn: '2026-11-29' }))).toEqual(['elder-died']);
    expect(typesOf(dead, anElder({ diedOn: '2026-11-30', family: [] }))).toEqual([]);
    expect(typesOf(dead, anElder({ diedOn: '2026-11-30', absence: away('2026-12-02') }))).toEqual([]);
  });

  it('is a return when a death was a mistake, with the pause that still stands', () => {
    const dead = anElder({ diedOn: '2026-11-30' });
    expect(typesOf(dead, anElder())).toEqual(['elder-resumed']);
    const absence = away('2026-12-02');
    expect(typesOf({ ...dead, absence }, anElder({ absence }))).toEqual(['elder-resumed', 'elder-paused']);
  });

  it('is a pause when one begins or becomes longer', () => {
    expect(typesOf(anElder(), anElder({ absence: away('2026-12-02') }))).toEqual(['elder-paused']);
    expect(
      typesOf(
        anElder({ absence: away('2026-12-02', '2026-12-04') }),
        anElder({ absence: away('2026-12-01', '2026-12-09') }),
      ),
    ).toEqual(['elder-paused']);
  });

  it('is a return and a pause when the pause becomes shorter or moves: some days are free again', () => {
    const long = anElder({ absence: away('2026-12-02', '2026-12-09') });
    expect(typesOf(long, anElder({ absence: away('2026-12-02', '2026-12-04') }))).toEqual([
      'elder-resumed',
      'elder-paused',
    ]);
    expect(typesOf(anElder({ absence: away('2026-12-02') }), anElder({ absence: away('2026-12-05') }))).toEqual([
      'elder-resumed',
      'elder-paused',
    ]);
  });

  it('is a return when the pause ends', () => {
    expect(typesOf(anElder({ absence: away('2026-12-02') }), anElder())).toEqual(['elder-resumed']);
  });

  it('fits the schema of events, every time', () => {
    const states = [
      anElder(),
      anElder({ absence: away('2026-12-02') }),
      anElder({ absence: away('2026-12-03', '2026-12-09') }),
      anElder({ diedOn: '2026-11-30' }),
    ];
    for (const before of [undefined, ...states]) {
      for (const after of states) {
        for (const event of eventsOf(before, after, NOW)) expect(DomainEvent.safeParse(event).success).toBe(true);
      }
    }
  });
});

const recordOf = (seq: string, before: object | undefined, after: object | undefined): DynamoDBRecord => {
  const { pk, sk } = (after ?? before) as { pk: string; sk: string };
  const image = (item: object | undefined) => item && (marshall(item, { removeUndefinedValues: true }) as never);
  return {
    dynamodb: {
      Keys: marshall({ pk, sk }) as never,
      OldImage: image(before),
      NewImage: image(after),
      SequenceNumber: seq,
      ApproximateCreationDateTime: Date.parse(NOW) / 1000,
    },
  };
};

describe('the stream of the elders table', () => {
  it('tells of elders alone, and lets a bad item fail alone', async () => {
    const told: DomainEvent[] = [];
    const handler = streamConsumer((change) =>
      elderChanged(async (event) => {
        told.push(event);
      }, change),
    );
    const second = anElder({ elderId: id(2), diedOn: '2026-11-30' });
    const { batchItemFailures } = await handler({
      Records: [
        recordOf('1', undefined, { pk: 'ID#620102194405010011', sk: 'ELDER', elderId: id(1) }),
        recordOf('2', undefined, { pk: `ELDER#${id(1)}`, sk: `BINDING#${id(5)}` }),
        recordOf('3', undefined, { pk: `ELDER#${id(3)}`, sk: 'ELDER', name: 5 }),
        recordOf('4', elderItem(anElder({ elderId: id(2) })), elderItem(second)),
        recordOf('5', elderItem(anElder()), undefined),
      ],
    });
    expect(batchItemFailures).toEqual([{ itemIdentifier: '3' }]);
    expect(told).toMatchObject([
      { type: 'elder-died', elderId: id(2), area: GRID, diedOn: '2026-11-30', at: NOW },
      { type: 'elder-changed', elder: { elderId: id(2), diedOn: '2026-11-30' }, at: NOW },
    ]);
  });

  const toldOf = async (before: ElderRecord | undefined, after: ElderRecord): Promise<DomainEvent[]> => {
    const told: DomainEvent[] = [];
    const handler = streamConsumer((change) =>
      elderChanged(async (event) => {
        told.push(event);
      }, change),
    );
    await handler({ Records: [recordOf('1', before && elderItem(before), elderItem(after))] });
    return told;
  };

  it('tells of a new elder what others may know: no id number, no evidence, no diet', async () => {
    const evidence = { kind: '残疾证', number: '62010219' };
    const told = await toldOf(
      undefined,
      anElder({
        idNumber: '620102194405010011',
        allergens: ['peanut'],
        tags: [{ tag: 'disabled', grade: 1, since: '2020-01-01', evidence }],
        ability: { level: 'severe', assessedOn: '2026-01-01', evidence },
      }),
    );
    expect(told).toEqual([
      {
        type: 'elder-changed',
        elder: {
          elderId: id(1),
          name: '王建国',
          sex: 'male',
          birthDate: '1944-05-01',
          phone: '19900001111',
          area: GRID,
          address: '滨河路1号1单元101',
          localHousehold: true,
          tags: [{ tag: 'disabled', grade: 1, since: '2020-01-01' }],
          abilityLevel: 'severe',
          family: anElder().family,
          diedOn: null,
          rev: 1,
        },
        at: NOW,
      },
    ]);
    expect(DomainEvent.safeParse(told[0]).success).toBe(true);
  });

  it.each([
    ['address', { address: '东岗路2号' }],
    ['phone', { phone: undefined }],
    ['family', { family: [] }],
    ['ability', { ability: { level: 'mild', assessedOn: '2026-01-01', evidence: { kind: '评估' } } }],
    ['death taken back', { diedOn: null }],
  ] satisfies [string, Partial<ElderRecord>][])('tells anew when the %s changes', async (what, over) => {
    const before = anElder({ diedOn: what === 'death taken back' ? '2026-11-30' : null });
    const told = await toldOf(before, anElder({ ...over, rev: 2 }));
    expect(told.filter(({ type }) => type === 'elder-changed')).toMatchObject([{ elder: { rev: 2 } }]);
  });

  it.each([
    ['diet', { diets: ['soft'] }],
    ['pause', { absence: away('2026-12-02') }],
    ['consents', { withheld: [{ personId: id(5), purpose: 'diet-to-canteen' }] }],
  ] satisfies [string, Partial<ElderRecord>][])('tells nothing new when the %s changes', async (_, over) => {
    const told = await toldOf(anElder(), anElder({ ...over, rev: 2 }));
    expect(told.filter(({ type }) => type === 'elder-changed')).toEqual([]);
  });
});

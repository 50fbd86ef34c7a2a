import { describe, expect, it } from 'vitest';
import { newPerson, removedPerson, type StoredPerson } from '../../../functions/sessions/person.ts';
import { personChanged } from '../../../functions/sessions/person-events.ts';
import { personItem, phoneClaimItem, wechatClaimItem } from '../../../functions/sessions/person-items.ts';
import { DomainEvent } from '../../../shared/contracts/events.ts';
import { COMMUNITY, id, NOW } from '../../support/a-town.ts';

const worker = newPerson({
  personId: id(1),
  name: '李明',
  role: 'grid-worker',
  phone: '13800000000',
  area: COMMUNITY,
  openid: 'openid-1',
});

async function told(before: object | undefined, after: object | undefined): Promise<DomainEvent[]> {
  const events: DomainEvent[] = [];
  const item = (after ?? before) as { pk: string; sk: string };
  await personChanged(
    async (event) => {
      events.push(DomainEvent.parse(event));
    },
    {
      key: { pk: item.pk, sk: item.sk },
      before: before as Record<string, unknown> | undefined,
      after: after as Record<string, unknown> | undefined,
      at: NOW,
      changeId: '1',
    },
  );
  return events;
}
const change = (over: Partial<StoredPerson>) => told(personItem(worker), personItem({ ...worker, rev: 2, ...over }));

describe('what a change of a person means to others', () => {
  it('is who it is and how to reach them, for a new one', async () => {
    const { personId, name, role, phone, area, openid } = worker;
    expect(await told(undefined, personItem(worker))).toEqual([
      { type: 'person-changed', person: { personId, name, role, phone, area, openid, epoch: 0, rev: 1 }, at: NOW },
    ]);
  });

  it.each([
    ['phone', { phone: '13900000000' }],
    ['area', { area: `${COMMUNITY}001` }],
    ['role', { role: 'community-staff' }],
    ['WeChat account', { openid: undefined }],
  ] satisfies [string, Partial<StoredPerson>][])('is told anew when the %s changes', async (_, over) => {
    expect(await change(over)).toMatchObject([{ type: 'person-changed', person: { rev: 2 } }]);
  });

  it('is told when their sessions end, so that alerts end them too', async () => {
    expect(await change({ epoch: 1 })).toMatchObject([{ type: 'person-changed', person: { epoch: 1 } }]);
  });

  it('is nothing when what others do not know of them changes', async () => {
    expect(await change({ canteenId: 'binhe' })).toEqual([]);
  });

  it('is a removal, without phone and WeChat account, and a return', async () => {
    const removed = removedPerson(worker, NOW);
    expect(await told(personItem(worker), personItem(removed))).toEqual([
      {
        type: 'person-removed',
        person: { personId: id(1), name: '李明', role: 'grid-worker', area: COMMUNITY, epoch: 1, rev: 2 },
        at: NOW,
      },
    ]);
    expect(await told(personItem(removed), personItem({ ...worker, rev: 3 }))).toMatchObject([
      { type: 'person-changed', person: { rev: 3, phone: '13800000000' } },
    ]);
  });

  it('is nothing for claims on phones and WeChat accounts', async () => {
    expect(await told(undefined, phoneClaimItem('13800000000', id(1)))).toEqual([]);
    expect(await told(undefined, wechatClaimItem('openid-1', id(1)))).toEqual([]);
  });
});

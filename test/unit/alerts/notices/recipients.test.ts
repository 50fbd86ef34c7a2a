import { describe, expect, it } from 'vitest';
import {
  type Around,
  deskOf,
  phoneList,
  recipientsOf,
  ringsSomewhere,
} from '../../../../functions/alerts/notices/recipients.ts';
import type { ContactRecord } from '../../../../functions/alerts/records.ts';
import { CHANNELS } from '../../../../shared/contracts/alerts.ts';
import { CALLEES } from '../../../../shared/contracts/callees.ts';
import { COMMUNITY, GRID, id } from '../../../support/a-town.ts';

const contact = (n: number, kind: ContactRecord['kind'], phone: string): ContactRecord => ({
  contactId: id(n),
  kind,
  name: `${kind} ${n}`,
  relation: '亲友',
  phone,
  order: n,
});
const daughter = {
  personId: id(9001),
  name: '王小梅',
  role: 'family',
  phone: '13900009001',
  consentsLeft: 2,
  rev: 1,
} as const;
const around: Around = {
  area: GRID,
  contacts: [
    contact(1, 'family', '13800000001'),
    contact(2, 'neighbour', '13800000002'),
    contact(3, 'volunteer', '13800000003'),
  ],
  family: [{ ...daughter, openid: 'openid-daughter' }],
  rosters: [
    {
      area: COMMUNITY.slice(0, 6),
      people: {
        [id(8001)]: { name: '李调度', role: 'dispatcher', phone: '13900008001' },
        [id(8006)]: { name: '郑主任', role: 'district-staff', phone: '13900008006' },
      },
    },
    { area: COMMUNITY, people: { [id(8005)]: { name: '吴社区', role: 'community-staff', phone: '13900008005' } } },
    { area: GRID, people: { [id(8003)]: { name: '孙网格', role: 'grid-worker' } } },
    { area: '620103', people: { [id(8009)]: { name: '别处', role: 'dispatcher', phone: '13900008009' } } },
  ],
  partners: [
    {
      id: 'hotline',
      callee: 'call-centre',
      name: { zh: '调度中心', en: 'Dispatch' },
      phone: '12349',
      webhook: 'https://dispatch.example/alerts',
    },
    { id: 'ambulance', callee: 'emergency-services', name: { zh: '急救', en: 'Ambulance' }, phone: '120' },
  ],
};
const called = (wave: Parameters<typeof recipientsOf>[0], who: Around = around) =>
  recipientsOf(wave, who).map(({ channel, to }) => `${channel} ${to}`);

describe('whom a wave calls', () => {
  it('the desk: the board of its district, and each dispatcher on duty for the place', () => {
    expect(called({ callees: ['dispatchers'], channels: ['inbox', 'voice'] })).toEqual([
      'inbox desk:620102',
      `inbox ${id(8001)}`,
      `voice ${id(8001)}`,
    ]);
  });

  it('the family: contacts by telephone, those with an account by each of their ways', () => {
    expect(called({ callees: ['family'], channels: ['inbox', 'wechat', 'sms', 'voice'] })).toEqual([
      `sms ${id(1)}`,
      `voice ${id(1)}`,
      `inbox ${id(9001)}`,
      `wechat ${id(9001)}`,
      `sms ${id(9001)}`,
      `voice ${id(9001)}`,
    ]);
  });

  it('the grid worker in the inbox where no telephone is known, and the community on duty', () => {
    expect(called({ callees: ['grid-worker', 'community-duty'], channels: ['inbox', 'voice'] })).toEqual([
      `inbox ${id(8003)}`,
      `inbox ${id(8005)}`,
      `voice ${id(8005)}`,
    ]);
  });

  it('neighbours and volunteers, each only when they are called', () => {
    expect(called({ callees: ['neighbours'], channels: ['voice'] })).toEqual([`voice ${id(2)}`]);
    expect(called({ callees: ['volunteers'], channels: ['voice'] })).toEqual([`voice ${id(3)}`]);
  });

  it('partners by their system and by voice, never by a text that nobody reads', () => {
    const wave = { callees: ['call-centre', 'emergency-services'] as const, channels: CHANNELS };
    const recipients = recipientsOf({ callees: [...wave.callees], channels: [...wave.channels] }, around);
    expect(recipients).toEqual([
      {
        channel: 'voice',
        to: 'hotline',
        name: '调度中心',
        callee: 'call-centre',
        phone: '12349',
        partner: { id: 'hotline' },
      },
      {
        channel: 'partner',
        to: 'hotline',
        name: '调度中心',
        callee: 'call-centre',
        partner: { id: 'hotline', url: 'https://dispatch.example/alerts' },
      },
      {
        channel: 'voice',
        to: 'ambulance',
        name: '急救',
        callee: 'emergency-services',
        phone: '120',
        partner: { id: 'ambulance' },
      },
    ]);
  });

  it('a telephone that occurs twice is called once by each channel', () => {
    const same = {
      ...around,
      contacts: [contact(1, 'family', daughter.phone), contact(2, 'neighbour', daughter.phone)],
    };
    expect(called({ callees: ['family', 'neighbours'], channels: ['sms', 'voice'] }, same)).toEqual([
      `sms ${id(1)}`,
      `voice ${id(1)}`,
    ]);
  });

  it('somebody who is called as two things is called once', () => {
    const both = { ...around, family: [{ ...daughter, personId: id(8001) }], contacts: [] };
    expect(called({ callees: ['dispatchers', 'family'], channels: ['inbox'] }, both)).toEqual([
      'inbox desk:620102',
      `inbox ${id(8001)}`,
    ]);
  });

  it('every desk, and nobody to a door, where it is not known where', () => {
    const nowhere = { ...around, area: '' };
    expect(called({ callees: [...CALLEES], channels: ['inbox'] }, { ...nowhere, contacts: [], family: [] })).toEqual([
      'inbox desk:0000',
      `inbox ${id(8001)}`,
      `inbox ${id(8009)}`,
    ]);
  });

  it('nobody but the board where there is nobody: and that rings nowhere', () => {
    const alone: Around = { area: GRID, contacts: [], family: [], rosters: [], partners: [] };
    const recipients = recipientsOf({ callees: [...CALLEES], channels: ['inbox', 'sms', 'voice', 'partner'] }, alone);
    expect(recipients).toEqual([{ channel: 'inbox', to: 'desk:620102', name: '值守台', callee: 'dispatchers' }]);
    expect(ringsSomewhere(recipients)).toBe(false);
    expect(ringsSomewhere(recipientsOf({ callees: ['family'], channels: ['sms'] }, around))).toBe(true);
    expect(ringsSomewhere(recipientsOf({ callees: ['family'], channels: ['inbox'] }, around))).toBe(false);
    // The board rings before a dispatcher.
    expect(ringsSomewhere(recipientsOf({ callees: ['dispatchers'], channels: ['inbox'] }, around))).toBe(true);
  });

  it('the canary by its own channel alone', () => {
    expect(called({ callees: ['dispatchers'], channels: ['canary'] })).toEqual(['canary canary']);
  });
});

describe('the desk of a place', () => {
  it.each([
    [GRID, 'desk:620102'],
    ['620102', 'desk:620102'],
    ['6201', 'desk:6201'],
    ['', 'desk:0000'],
  ])('of %j is %s', (area, desk) => expect(deskOf(area)).toBe(desk));
});

describe('the list of those whom the desk can phone', () => {
  it('goes from the nearest to those on duty, each number once', () => {
    const list = phoneList({ ...around, contacts: [...around.contacts, contact(4, 'family', daughter.phone)] });
    expect(list.map(({ callee, phone }) => `${callee} ${phone}`)).toEqual([
      'family 13800000001',
      'neighbours 13800000002',
      'volunteers 13800000003',
      'family 13900009001',
      'community-duty 13900008005',
    ]);
    expect(list[0]).toEqual({ name: 'family 1', callee: 'family', relation: '亲友', phone: '13800000001' });
  });
});

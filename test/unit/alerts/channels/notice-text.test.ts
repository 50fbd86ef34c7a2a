import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noticeText } from '../../../../functions/alerts/channels/notice-text.ts';
import { SMS_MOST, smsText, voiceText } from '../../../../functions/alerts/channels/short-text.ts';
import { pageOf, templateData } from '../../../../functions/alerts/channels/wechat-message.ts';
import type { NoticeMessage } from '../../../../functions/alerts/messages.ts';
import { ALERT_SOURCES } from '../../../../shared/contracts/alerts.ts';
import { aNotice, aRecipient } from '../../../support/a-notice.ts';

const KINDS = ['wave', 'answered', 'reopened', 'closed', 'contact-test'] as const satisfies NoticeMessage['kind'][];
const everyNotice: fc.Arbitrary<NoticeMessage> = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    source: fc.constantFrom(...ALERT_SOURCES),
    drill: fc.boolean(),
    name: fc.option(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), { nil: undefined }),
    address: fc.option(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), { nil: undefined }),
    phone: fc.option(fc.constant('13800000001'), { nil: undefined }),
    by: fc.option(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), { nil: undefined }),
    note: fc.option(fc.string({ minLength: 1, maxLength: 400 }), { nil: undefined }),
    position: fc.option(fc.constant({ longitude: 103.834, latitude: 36.061, coordinates: 'gcj02' } as const), {
      nil: undefined,
    }),
  })
  .map(({ ...over }) => {
    const notice = { ...aNotice(), ...over };
    return notice as NoticeMessage;
  });

describe('the words of a notice', () => {
  it('say of a wave who, when in China, by what, where, and what to do', () => {
    const text = noticeText(aNotice());
    expect(text.zh).toBe(
      '紧急求助：王建国 13:05 按下一键通，滨河路1号3单元402。请马上致电 13800000001 并接警；无人接听请上门，危急请拨120。',
    );
    expect(text.en).toBe(
      'Emergency: 王建国, 13:05, pressed the phone key, 滨河路1号3单元402. Phone 13800000001 at once, and answer it; if nobody picks up, go there; call 120 if life is in danger.',
    );
  });

  it('say what is known where little is: a device without an elder, a position instead of an address', () => {
    const { zh, en } = noticeText(
      aNotice({
        name: undefined,
        address: undefined,
        phone: undefined,
        source: 'smoke',
        position: { longitude: 103.834, latitude: 36.061, coordinates: 'gcj02' },
      }),
    );
    expect(zh).toBe('紧急求助：有人 13:05 家中烟感报警，定位103.83400,36.06100。请马上上门查看并接警；危急请拨120。');
    expect(en).toContain('position 103.83400,36.06100 (gcj02)');
    expect(noticeText(aNotice({ address: undefined })).zh).toContain('地址不详');
  });

  it.each([
    [
      'answered',
      '王建国 13:05 的求助，张伟已接警，正在处理。',
      '张伟 has answered the call for help of 王建国 (13:05)',
    ],
    [
      'reopened',
      '再次求助：王建国 13:05 的求助现在无人处理',
      'nobody is on the call for help of 王建国 (13:05) any more',
    ],
    ['closed', '王建国 13:05 的求助已结束，由张伟处理。', 'is over; 张伟 closed it.'],
    ['contact-test', '测试：您是王建国的紧急联系人', 'Test: you are an emergency contact of 王建国'],
  ] as const)('say it of %s too', (kind, zh, en) => {
    const text = noticeText(aNotice({ kind, by: '张伟' }));
    expect(text.zh).toContain(zh);
    expect(text.en).toContain(en);
  });

  it('mark a drill in every text of every kind, and never send anybody to 120 in one', () => {
    for (const kind of KINDS) {
      const drill = aNotice({ kind, drill: true, by: '张伟' });
      const { zh, en } = noticeText(drill);
      expect(zh).toMatch(/^【演练】/);
      expect(en).toMatch(/^\[DRILL\] /);
      expect(smsText(drill)).toMatch(/^【演练】/);
      expect(voiceText(drill)).toContain('现在是演练，不是真的求助');
      expect(templateData(drill).thing1?.value).toMatch(/^【演练】/);
      for (const text of [zh, smsText(drill)]) expect(text).not.toMatch(/(?<!不要拨打|勿拨)120/);
    }
  });

  it('do not speak of a drill when there is none', () => {
    for (const kind of KINDS) {
      const notice = aNotice({ kind, by: '张伟' });
      const { zh, en } = noticeText(notice);
      expect([zh, en, smsText(notice), voiceText(notice), JSON.stringify(templateData(notice))].join()).not.toMatch(
        /演练|drill/i,
      );
    }
  });

  it('hold whatever the names and addresses are: whole characters, 400 at most', () => {
    fc.assert(
      fc.property(everyNotice, (notice) => {
        for (const text of Object.values(noticeText(notice))) {
          expect(text.length).toBeLessThanOrEqual(400);
          expect(text.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});

describe('a text message', () => {
  it('names what happened, who, where and whom to phone, in one message', () => {
    expect(smsText(aNotice())).toBe(
      '紧急求助：王建国13:05按下一键通，滨河路1号3单元402。请速电13800000001，不通请上门或拨120',
    );
    expect(smsText(aNotice({ drill: true }))).toBe(
      '【演练】紧急求助：王建国13:05按下一键通，滨河路1号3单元402。请速电13800000001，勿拨120',
    );
  });

  it('keeps the door of a long address and the number to phone', () => {
    const text = smsText(
      aNotice({ drill: true, address: `甘肃省兰州市城关区${'很长的街道名称'.repeat(6)}1号3单元402` }),
    );
    expect(text).toHaveLength(SMS_MOST);
    expect(text).toContain('1号3单元402。请速电13800000001，勿拨120');
  });

  it('says where to look when there is no address', () => {
    expect(smsText(aNotice({ address: undefined }))).toContain('，地址不详。');
    const position = { longitude: 103.834, latitude: 36.061, coordinates: 'gcj02' } as const;
    expect(smsText(aNotice({ address: undefined, position }))).toContain('，位置见安心。');
  });

  it('says how it ended', () => {
    expect(smsText(aNotice({ kind: 'closed', by: '张伟', note: '误报' }))).toBe(
      '王建国13:05的求助已结束，由张伟处理：误报。',
    );
  });

  it('is one message whatever is in it', () => {
    fc.assert(
      fc.property(everyNotice, (notice) => {
        const text = smsText(notice);
        expect(text.length).toBeLessThanOrEqual(SMS_MOST);
        expect(text.isWellFormed()).toBe(true);
        if (notice.kind === 'wave' && notice.phone !== undefined) expect(text).toContain(notice.phone);
        if (notice.kind !== 'contact-test') expect(text).toContain('13:05');
      }),
    );
  });
});

describe('a text that is read aloud', () => {
  it('is said twice, with the time and the number as one speaks them', () => {
    const text = voiceText(aNotice());
    expect(text).toBe(
      '这里是安心。紧急求助：王建国，13点05分，按下一键通。地址，滨河路1号3单元402。电话，1 3 8 0 0 0 0 0 0 0 1。请马上查看并接警。再说一遍。紧急求助：王建国，13点05分，按下一键通。地址，滨河路1号3单元402。电话，1 3 8 0 0 0 0 0 0 0 1。请马上查看并接警。',
    );
  });
});

describe('the fields of a subscription message', () => {
  it('are who, what, when and how it stands', () => {
    expect(templateData(aNotice())).toEqual({
      thing1: { value: '王建国' },
      thing2: { value: '按下一键通，滨河路1号3单元402' },
      time3: { value: '2026年12月1日 13:05' },
      phrase4: { value: '紧急求助' },
    });
  });

  it('bear the names that the stage’s template has', () => {
    const fields = { who: 'thing7', what: 'thing2', at: 'time9', state: 'phrase1' };
    expect(Object.keys(templateData(aNotice(), fields)).sort()).toEqual(['phrase1', 'thing2', 'thing7', 'time9']);
  });

  it('fit WeChat’s limits whatever is in them', () => {
    fc.assert(
      fc.property(everyNotice, (notice) => {
        const { thing1, thing2, time3, phrase4 } = templateData(notice);
        for (const thing of [thing1, thing2]) {
          expect(thing?.value.length).toBeGreaterThan(0);
          expect(thing?.value.length).toBeLessThanOrEqual(20);
        }
        expect(time3?.value).toBe('2026年12月1日 13:05');
        expect(phrase4?.value).toMatch(/^\p{Script=Han}{1,5}$/u);
      }),
    );
  });

  it('open the page of the alert: the family’s, or that of those on duty', () => {
    const notice = aNotice({ alertId: 'a1' });
    expect(pageOf(notice, aRecipient({ callee: 'family' }))).toBe(
      'packages/family/alert/index?alertId=a1&notice=wave-1',
    );
    expect(pageOf(notice, aRecipient({ callee: 'grid-worker' }))).toBe(
      'packages/duty/alert/index?alertId=a1&notice=wave-1',
    );
    expect(pageOf(aNotice({ kind: 'contact-test' }), aRecipient())).toBe('pages/home/index');
  });
});

import type { Bilingual } from '../../../shared/values/text.ts';
import type { NoticeMessage } from '../messages.ts';
import { cut, factsOf } from './notice-words.ts';

const MOST = 400;

/**
 * A notice in whole sentences, for the inbox and for partners: who, where, by what, at what time (in China), and what to do now. A
 * drill says so first of all. 400 characters at most. Pure.
 */
export function noticeText(notice: NoticeMessage): Bilingual {
  const { mark } = factsOf(notice);
  const { zh, en } = sentencesOf(notice);
  return { zh: cut(mark.zh + zh, MOST), en: cut(mark.en + en, MOST) };
}

function sentencesOf(notice: NoticeMessage): Bilingual {
  const { who, at, happened, place, by } = factsOf(notice);
  const act = todo(notice);
  const note = notice.note ? { zh: `：${notice.note}`, en: `: ${notice.note}` } : { zh: '', en: '' };
  switch (notice.kind) {
    case 'wave':
      return {
        zh: `紧急求助：${who.zh} ${at} ${happened.zh}，${place.zh}。${act.zh}`,
        en: `Emergency: ${who.en}, ${at}, ${happened.en}, ${place.en}. ${act.en}`,
      };
    case 'answered':
      return {
        zh: `${who.zh} ${at} 的求助，${by.zh}已接警，正在处理${note.zh}。`,
        en: `${by.en} has answered the call for help of ${who.en} (${at}) and is on it${note.en}.`,
      };
    case 'reopened':
      return {
        zh: `再次求助：${who.zh} ${at} 的求助现在无人处理，${place.zh}。${act.zh}`,
        en: `Again: nobody is on the call for help of ${who.en} (${at}) any more, ${place.en}. ${act.en}`,
      };
    case 'closed':
      return {
        zh: `${who.zh} ${at} 的求助已结束，由${by.zh}处理${note.zh}。`,
        en: `The call for help of ${who.en} (${at}) is over; ${by.en} closed it${note.en}.`,
      };
    case 'contact-test':
      return {
        zh: `测试：您是${who.zh}的紧急联系人，有求助时会这样通知您。收到即可，不必做什么。`,
        en: `Test: you are an emergency contact of ${who.en}; this is how you would be told. Nothing needs to be done.`,
      };
  }
}

/** What to do now. In a drill nobody calls 120. */
function todo({ phone, drill }: NoticeMessage): Bilingual {
  if (drill) {
    return {
      zh: '这是演练：请照常接警，不要拨打120。',
      en: 'This is a drill: answer it as always, and do not call 120.',
    };
  }
  if (phone === undefined) {
    return {
      zh: '请马上上门查看并接警；危急请拨120。',
      en: 'Go and look at once, and answer it; call 120 if life is in danger.',
    };
  }
  return {
    zh: `请马上致电 ${phone} 并接警；无人接听请上门，危急请拨120。`,
    en: `Phone ${phone} at once, and answer it; if nobody picks up, go there; call 120 if life is in danger.`,
  };
}

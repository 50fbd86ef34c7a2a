import type { AlertSource } from '../../../shared/contracts/alerts.ts';
import { timeInChina } from '../../../shared/values/dates.ts';
import type { Bilingual } from '../../../shared/values/text.ts';
import type { NoticeMessage } from '../messages.ts';

/** The words of every notice. Pure; a drill says so in each of them, first of all. */

/** What happened, as the end of a sentence that begins with a name and a time. */
const HAPPENED: Readonly<Record<AlertSource, Bilingual>> = {
  app: { zh: '用手机求助', en: 'called for help by phone app' },
  key: { zh: '按下一键通', en: 'pressed the phone key' },
  wristband: { zh: '手环求助', en: 'called for help by wristband' },
  smoke: { zh: '家中烟感报警', en: 'smoke alarm at home' },
  infrared: { zh: '家中红外报警', en: 'infrared alarm at home' },
  'health-meter': { zh: '健康监测报警', en: 'health meter alarm' },
  'missed-check': { zh: '逾期无人查看', en: 'nobody has looked in when due' },
  'staff-call': { zh: '由工作人员代为求助', en: 'help was called for by staff' },
  canary: { zh: '系统自检', en: 'test of the system itself' },
};

const DRILL: Bilingual = { zh: '【演练】', en: '[DRILL] ' };
const SOMEBODY: Bilingual = { zh: '有人', en: 'Somebody' };
const drillMark = ({ drill }: NoticeMessage): Bilingual => (drill ? DRILL : { zh: '', en: '' });

/** What both languages say of an alert. */
function facts({ name, source, raisedAt }: NoticeMessage) {
  return {
    who: { zh: name ?? SOMEBODY.zh, en: name ?? SOMEBODY.en },
    at: timeInChina(raisedAt),
    happened: HAPPENED[source],
  };
}

/** Where it is: the address, else the position, else nothing is known. */
function placeOf({ address, position }: NoticeMessage): Bilingual {
  if (address) return { zh: address, en: address };
  if (!position) return { zh: '地址不详', en: 'address unknown' };
  const { longitude, latitude, coordinates } = position;
  const degrees = `${longitude.toFixed(5)},${latitude.toFixed(5)} ${coordinates.toUpperCase()}`;
  return { zh: `定位 ${degrees}`, en: `position ${degrees}` };
}

/** What to do now, in whole sentences. */
function todo({ phone, drill }: NoticeMessage): Bilingual {
  if (drill) {
    return {
      zh: '这是演练：请照常接警，不要拨打120。',
      en: 'This is a drill: answer as always, and do not call 120.',
    };
  }
  return phone === undefined
    ? {
        zh: '请马上上门查看并接警；危急请拨120。',
        en: 'Go and look at once, and answer it; call 120 if life is in danger.',
      }
    : {
        zh: `请马上致电 ${phone} 并接警；无人接听请上门，危急请拨120。`,
        en: `Phone ${phone} at once, and answer it; if nobody picks up, go there; call 120 if life is in danger.`,
      };
}

const byWhom = ({ by }: NoticeMessage): Bilingual => ({ zh: by ?? '有人', en: by ?? 'somebody' });
const noteOf = ({ note }: NoticeMessage): string => (note ? `（${note}）` : '');

/** The whole notice: who, where, by what, at what time, and what to do. For the inbox and partners. 400 characters at most. */
export function noticeText(notice: NoticeMessage): Bilingual {
  const text = wholeText(notice);
  const mark = drillMark(notice);
  return { zh: cut(mark.zh + text.zh, MOST_TEXT), en: cut(mark.en + text.en, MOST_TEXT) };
}
const MOST_TEXT = 400;

function wholeText(notice: NoticeMessage): Bilingual {
  const { who, at, happened } = facts(notice);
  const by = byWhom(notice);
  switch (notice.kind) {
    case 'wave': {
      const [place, act] = [placeOf(notice), todo(notice)];
      return {
        zh: `紧急求助：${who.zh} ${at} ${happened.zh}，${place.zh}。${act.zh}`,
        en: `Emergency: ${who.en}, ${at}, ${happened.en}, ${place.en}. ${act.en}`,
      };
    }
    case 'answered':
      return {
        zh: `${who.zh} ${at} 的求助，${by.zh}已接警，正在处理${noteOf(notice)}。`,
        en: `${by.en} has answered the call for help of ${who.en} (${at}) and is on it.`,
      };
    case 'reopened': {
      const [place, act] = [placeOf(notice), todo(notice)];
      return {
        zh: `再次求助：${who.zh} ${at} 的求助现在无人处理，${place.zh}。${act.zh}`,
        en: `Again: nobody is on the call for help of ${who.en} (${at}) any more, ${place.en}. ${act.en}`,
      };
    }
    case 'closed':
      return {
        zh: `${who.zh} ${at} 的求助已结束，由${by.zh}处理${noteOf(notice)}。`,
        en: `The call for help of ${who.en} (${at}) is over; ${by.en} closed it.`,
      };
    case 'contact-test':
      return {
        zh: `测试：您是${who.zh}的紧急联系人，有求助时会这样通知您。收到即可，不必做什么。`,
        en: `Test: you are an emergency contact of ${who.en}; this is how you would be told. Nothing needs to be done.`,
      };
  }
}

/** The text, or as much of it as `most` UTF-16 units hold, ended with `…`; never half a character. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > most - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

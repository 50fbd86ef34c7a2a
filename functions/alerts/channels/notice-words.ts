import type { AlertSource } from '../../../shared/contracts/alerts.ts';
import { timeInChina } from '../../../shared/values/dates.ts';
import type { Bilingual } from '../../../shared/values/text.ts';
import type { NoticeMessage } from '../messages.ts';

/** The words that all texts of a notice are made of. Pure. */

/** What happened, after a name and a time. The Chinese is short: a text message has 70 characters. */
const HAPPENED: Readonly<Record<AlertSource, Bilingual>> = {
  app: { zh: '手机求助', en: 'called for help by phone app' },
  key: { zh: '按下一键通', en: 'pressed the phone key' },
  wristband: { zh: '手环求助', en: 'called for help by wristband' },
  smoke: { zh: '家中烟感报警', en: 'smoke alarm at home' },
  infrared: { zh: '家中红外报警', en: 'infrared alarm at home' },
  'health-meter': { zh: '健康监测报警', en: 'health meter alarm' },
  'missed-check': { zh: '逾期无人查看', en: 'nobody has looked in when due' },
  'staff-call': { zh: '电话求助', en: 'called for help by telephone, written down by staff' },
  canary: { zh: '系统自检', en: 'test of the system itself' },
};

/** Begins everything that is said of a drill. */
export const DRILL: Bilingual = { zh: '【演练】', en: '[DRILL] ' };
const NOT_A_DRILL: Bilingual = { zh: '', en: '' };

/** What a text can say of an alert. `place` is the address, else the position. */
interface NoticeFacts {
  readonly mark: Bilingual;
  readonly who: Bilingual;
  readonly at: string;
  readonly happened: Bilingual;
  readonly place: Bilingual;
  readonly by: Bilingual;
}

export function factsOf(notice: NoticeMessage): NoticeFacts {
  const { name, source, raisedAt, drill, by } = notice;
  return {
    mark: drill ? DRILL : NOT_A_DRILL,
    who: { zh: name || '有人', en: name || 'Somebody' },
    at: timeInChina(raisedAt),
    happened: HAPPENED[source],
    place: placeOf(notice),
    by: { zh: by || '有人', en: by || 'Somebody' },
  };
}

function placeOf({ address, position }: NoticeMessage): Bilingual {
  if (address) return { zh: address, en: address };
  if (position === undefined) return { zh: '地址不详', en: 'address unknown' };
  const { longitude, latitude, coordinates } = position;
  const degrees = `${longitude.toFixed(5)},${latitude.toFixed(5)}`;
  return { zh: `定位${degrees}`, en: `position ${degrees} (${coordinates})` };
}

/** The text, or as much of its beginning as `most` UTF-16 units hold, with `…`; never half a character. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${fitting([...text], most - 1).join('')}…`;
}

/** The same from the other end: of an address the door counts most, and it stands last. */
export function cutFront(text: string, most: number): string {
  if (text.length <= most) return text;
  return `…${fitting([...text].reverse(), most - 1)
    .reverse()
    .join('')}`;
}

function fitting(characters: readonly string[], most: number): string[] {
  const kept: string[] = [];
  let left = most;
  for (const character of characters) {
    left -= character.length;
    if (left < 0) break;
    kept.push(character);
  }
  return kept;
}

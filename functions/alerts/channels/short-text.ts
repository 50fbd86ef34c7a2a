import type { NoticeMessage } from '../messages.ts';
import { cut, cutFront, factsOf } from './notice-words.ts';

/** One text message in Chinese holds 70 UTF-16 units (3GPP TS 23.038, UCS-2); longer ones are sent, and paid, in parts. */
export const SMS_MOST = 70;
const NAME_MOST = 8;
const NOTE_MOST = 20;

/**
 * A notice as one text message: what happened, to whom, where, and whom to phone, in 70 units. What does not fit is taken off the
 * front of the address. A gateway sets its signature (【安心】) before it. Pure.
 */
export function smsText(notice: NoticeMessage): string {
  const { mark, who, at, happened, by } = factsOf(notice);
  const place = notice.address || (notice.position ? '位置见安心' : '地址不详');
  const name = cut(who.zh, NAME_MOST);
  const byName = cut(by.zh, NAME_MOST);
  const note = notice.note ? `：${cut(notice.note, NOTE_MOST)}` : '';
  const around = (before: string, after: string): string =>
    `${before}${cutFront(place, SMS_MOST - before.length - after.length)}${after}`;
  switch (notice.kind) {
    case 'wave':
      return around(`${mark.zh}紧急求助：${name}${at}${happened.zh}，`, `。${smsTodo(notice)}`);
    case 'reopened':
      return around(`${mark.zh}再次求助：${name}${at}的求助无人处理，`, `。${smsTodo(notice)}`);
    case 'answered':
      return `${mark.zh}${name}${at}的求助，${byName}已接警，正在处理。`;
    case 'closed':
      return `${mark.zh}${name}${at}的求助已结束，由${byName}处理${note}。`;
    case 'contact-test':
      return `${mark.zh}安心测试：您是${name}的紧急联系人，有求助时会这样通知您，不必回复。`;
  }
}

function smsTodo({ phone, drill }: NoticeMessage): string {
  const call = phone === undefined ? '请速上门查看' : `请速电${phone}`;
  if (drill) return `${call}，勿拨120`;
  return phone === undefined ? `${call}，危急拨120` : `${call}，不通请上门或拨120`;
}

/** Digit by digit: a voice would read a telephone number as billions. */
const digits = (number: string): string => [...number].join(' ');
const spokenTime = (at: string): string => `${Number(at.slice(0, 2))}点${at.slice(3)}分`;

/** A notice as a machine reads it aloud in Chinese: said twice, since the first seconds of a call are often missed. Pure. */
export function voiceText(notice: NoticeMessage): string {
  const core = spoken(notice);
  const opening = notice.drill ? '这里是安心，现在是演练，不是真的求助。' : '这里是安心。';
  return `${opening}${core}再说一遍。${notice.drill ? '现在是演练。' : ''}${core}`;
}

function spoken(notice: NoticeMessage): string {
  const { who, at, happened, place, by } = factsOf(notice);
  const time = spokenTime(at);
  const where = notice.address ? `地址，${place.zh}。` : '地址不详，请看安心小程序。';
  const call = notice.phone === undefined ? '' : `电话，${digits(notice.phone)}。`;
  switch (notice.kind) {
    case 'wave':
      return `紧急求助：${who.zh}，${time}，${happened.zh}。${where}${call}请马上查看并接警。`;
    case 'reopened':
      return `再次求助：${who.zh}${time}的求助，现在无人处理。${where}${call}请马上查看并接警。`;
    case 'answered':
      return `${who.zh}${time}的求助，${by.zh}已接警。`;
    case 'closed':
      return `${who.zh}${time}的求助已结束。`;
    case 'contact-test':
      return `这是一次测试：您是${who.zh}的紧急联系人，有求助时会这样打给您。不必做什么。`;
  }
}

const SEVERAL = '求助较多，不再逐个通知';
const MORE = '还有求助等待处理，请马上打开安心查看并接警';

/** In the place of one text message too many: that there is more, and where. Pure. */
export const severalSmsText = ({ drill }: NoticeMessage): string => `${drill ? '演练：' : ''}${SEVERAL}。${MORE}。`;

/** The same, read aloud. Pure. */
export const severalVoiceText = ({ drill }: NoticeMessage): string =>
  `这里是安心。${drill ? '现在是演练。' : ''}${SEVERAL}。${MORE}。再说一遍。${MORE}。`;

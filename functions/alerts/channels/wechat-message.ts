import { dateInChina, timeInChina } from '../../../shared/values/dates.ts';
import type { NoticeMessage } from '../messages.ts';
import type { Recipient } from '../records.ts';
import { cut, factsOf } from './notice-words.ts';

/**
 * How the fields of the subscription message are called in the template: WeChat gives the names (`thing1`, `time3` …) when the
 * template is taken from its library. The kinds must be these: who and what a `thing`, at a `time`, state a `phrase`.
 */
export interface TemplateFields {
  readonly who: string;
  readonly what: string;
  readonly at: string;
  readonly state: string;
}
export const TEMPLATE_FIELDS: TemplateFields = { who: 'thing1', what: 'thing2', at: 'time3', state: 'phrase4' };

/** WeChat's limits, in characters: a message with a longer or an empty field is refused whole (47003). */
const THING_MOST = 20;

/** What an alert is in, at most 5 Chinese characters: a `phrase` takes nothing else. */
const STATE: Readonly<Record<NoticeMessage['kind'], { readonly real: string; readonly drill: string }>> = {
  wave: { real: '紧急求助', drill: '演练求助' },
  reopened: { real: '再次求助', drill: '演练再求助' },
  answered: { real: '已有人接警', drill: '演练已接警' },
  closed: { real: '已结束', drill: '演练结束' },
  'contact-test': { real: '联系测试', drill: '联系测试' },
};

/** The values of a subscription message: `{ thing1: { value: '王建国' }, … }`. Pure. */
export function templateData(
  notice: NoticeMessage,
  fields: TemplateFields = TEMPLATE_FIELDS,
): Record<string, { value: string }> {
  const { mark, who } = factsOf(notice);
  const { kind, drill, raisedAt } = notice;
  const [year, month, day] = dateInChina(raisedAt).split('-').map(Number);
  return {
    [fields.who]: { value: cut(mark.zh + who.zh, THING_MOST) },
    [fields.what]: { value: cut(whatOf(notice), THING_MOST) },
    [fields.at]: { value: `${year}年${month}月${day}日 ${timeInChina(raisedAt)}` },
    [fields.state]: { value: STATE[kind][drill ? 'drill' : 'real'] },
  };
}

function whatOf(notice: NoticeMessage): string {
  const { happened, place, by } = factsOf(notice);
  switch (notice.kind) {
    case 'wave':
    case 'reopened':
      return notice.address ? `${happened.zh}，${place.zh}` : happened.zh;
    case 'answered':
      return `${cut(by.zh, 10)}已接警，正在处理`;
    case 'closed':
      return `由${cut(by.zh, 10)}处理，已结束`;
    case 'contact-test':
      return '求助时会这样通知您，不必回复';
  }
}

/** The page that a tap opens, with the alert and the notice. The family's and the duty's pages stand in packages of their own. */
export function pageOf({ alertId, notice, kind }: NoticeMessage, { callee }: Recipient): string {
  if (kind === 'contact-test') return 'pages/home/index';
  const page = OF_FAMILY.has(callee) ? 'packages/family/alert/index' : 'packages/duty/alert/index';
  return `${page}?${new URLSearchParams({ alertId, notice })}`;
}
const OF_FAMILY = new Set<Recipient['callee']>(['family', 'neighbours', 'volunteers']);

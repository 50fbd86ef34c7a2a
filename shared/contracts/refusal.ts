import * as z from 'zod/mini';
import type { Bilingual } from '../values/text.ts';

/**
 * Every way in which Anxin says no: the HTTP status, and the words on screen. The one list that the API, the pages, the
 * OpenAPI document and the tests read.
 */
export const refusals = {
  // what was sent
  'invalid-request': [
    400,
    '有内容填得不对，请看标出的地方。',
    'Something is not filled in right; see the marked places.',
  ],
  'malformed-json': [400, '内容无法读取，请重试。', 'The content could not be read as JSON.'],
  'body-too-large': [413, '内容太大，最多 64 KB。', 'The content is too large; 64 KB at most.'],
  // who asks
  unauthenticated: [401, '请先登录。', 'Please sign in first.'],
  'session-expired': [401, '登录已过期，请重新登录。', 'Your session has expired; please sign in again.'],
  'wechat-code-refused': [
    401,
    '微信登录码无效或已用过，请重新登录。',
    'WeChat refused the sign-in code; please sign in again.',
  ],
  'one-time-code-wrong': [401, '验证码不对或已过期。', 'The one-time code is wrong or has expired.'],
  'phone-elsewhere': [
    422,
    '请用中国大陆的手机号，我们打不通别处的号码。',
    'Please use a mobile number of mainland China; others cannot be called.',
  ],
  'too-many-attempts': [429, '试的次数太多，请一小时后再试。', 'Too many attempts; please try again in an hour.'],
  forbidden: [403, '您没有权限办理这件事。', 'You may not do this.'],
  'not-found': [404, '没有找到。', 'Not found.'],
  // ids and versions
  'id-reused': [409, '这个编号已用于另一项内容。', 'This id was already used for something else.'],
  'rev-stale': [409, '内容刚被别人改过，请刷新后再改。', 'Somebody changed this meanwhile; refresh and try again.'],
  // meal orders
  'slot-full': [409, '这个时段已经订满，请换一个时段。', 'This time slot is full; please choose another.'],
  'already-ordered': [409, '这一餐已经订过了。', 'A meal is already ordered for this sitting.'],
  'price-changed': [
    409,
    '价格有变化，请看新的价格后再订。',
    'The price has changed; please look at it and order again.',
  ],
  'past-closing-time': [422, '已过订餐截止时间，请联系社区。', 'Ordering has closed; please call the community.'],
  'sitting-not-open': [422, '这一餐没有开放订餐。', 'This sitting is not open for orders.'],
  'slot-unknown': [422, '没有这个时段。', 'There is no such time slot.'],
  'not-on-menu': [
    422,
    '有菜不在当天的菜单上，或选得太多。',
    'A dish is not on the menu of that day, or too many were chosen.',
  ],
  'eating-not-offered': [422, '这个餐厅不提供这种用餐方式。', 'This canteen does not offer that way of eating.'],
  'canteen-elsewhere': [422, '这个餐厅不在老人所在的区。', "This canteen is outside the elder's district."],
  'diet-clash': [
    422,
    '菜里有老人不能吃的东西，请换菜，或由社区确认。',
    'A dish holds something that the elder must not eat; change it, or let staff confirm.',
  ],
  'elder-died': [422, '这位老人已经离世，不能再订。', 'This elder has died; nothing can be ordered.'],
  'elder-paused': [
    422,
    '老人这天已暂停用餐（住院或外出）。',
    'Meals are paused for this elder on that day (hospital or travel).',
  ],
  'reason-required': [422, '这一步需要写明原因。', 'A reason is needed for this.'],
  'already-cancelled': [409, '这个订单已经取消。', 'This order is cancelled already.'],
  'already-served': [409, '这一餐已经签到用过。', 'This meal has been served already.'],
  'not-served': [409, '这一餐还没有签到。', 'This meal has not been checked in.'],
  'wrong-day': [422, '这一餐不是今天的，不能签到。', 'This meal is not for today; it cannot be checked in.'],
  'no-policy': [
    422,
    '这个地方当天没有生效的政策，请联系社区。',
    'No policy is in force here on that day; please call the community.',
  ],
  busy: [
    503,
    '现在人很多，请稍等再试；没有重复下单。',
    'Very busy right now; please try again. Nothing was done twice.',
  ],
  // families and consent
  'binding-code-wrong': [
    422,
    '绑定码不对、已用过或已过期，请向社区再要一个。',
    'The binding code is wrong, used or expired; ask the community for a new one.',
  ],
  'already-bound': [409, '您已经绑定这位老人。', 'You are bound to this elder already.'],
  'consent-required': [422, '需要先同意才能继续，请看“同意与撤回”。', 'Consent is needed to go on; see “Consents”.'],
  // people
  'already-registered': [409, '这个号码已经登记给另一个人。', 'This number is registered to somebody else already.'],
  'wechat-unavailable': [
    503,
    '微信暂时没有回应，请稍后再试。',
    'WeChat does not answer at the moment; please try again.',
  ],
  'message-unsent': [503, '短信暂时发不出去，请稍后再试。', 'The text message could not be sent; please try again.'],
  // alerts
  'alert-not-passed-on': [
    503,
    '求助没能传出去，系统还会再试。情况紧急请马上打电话：120 或家人、社区。',
    'The alert could not be passed on; we keep trying. If it is urgent, phone now: 120, family or the community.',
  ],
  'alert-closed': [409, '这次求助已经处理完毕。', 'This alert is closed already.'],
  'alert-owned': [409, '已经有人接了这次求助。', 'Somebody else has taken this alert already.'],
  'alert-not-acknowledged': [409, '还没有人接这次求助，请先接警。', 'Nobody has taken this alert yet; take it first.'],
  'too-late-to-call-off': [
    409,
    '已经有人在处理了，请和值守人员说明情况。',
    'It is too late to call this off; please tell whoever calls you that all is well.',
  ],
  'not-on-duty': [422, '这个人不在这里值守，请换一个人。', 'This person is not on duty here; choose another.'],
  'already-reviewed': [409, '这一次已经复核过。', 'This has been reviewed already.'],
  'too-many-contacts': [422, '紧急联系人最多 12 位。', 'Twelve emergency contacts at most.'],
  'device-revoked': [409, '这个设备已停用，请登记新的设备。', 'This device was revoked; register another one.'],
  'already-done': [409, '这项任务已经完成。', 'This task is done already.'],
  fault: [
    500,
    '系统出了问题，我们已收到记录。您填的内容没有丢，请稍后再试。',
    'Something broke on our side and was recorded. What you typed is kept; please try again.',
  ],
} as const satisfies Record<string, readonly [status: number, zh: string, en: string]>;

export type RefusalCode = keyof typeof refusals;
export const REFUSAL_CODES = Object.keys(refusals) as [RefusalCode, ...RefusalCode[]];

export const refusalStatus = (code: RefusalCode): number => refusals[code][0];
export const refusalMessage = (code: RefusalCode): Bilingual => ({ zh: refusals[code][1], en: refusals[code][2] });

/** One thing that is wrong: where (`dishes.0`, a CSV row), and what. */
export const RefusalDetail = z.looseObject({ path: z.optional(z.string()), message: z.optional(z.string()) });
export type RefusalDetail = z.infer<typeof RefusalDetail>;

/** The body of every answer that is not a success. */
export const RefusalBody = z.strictObject({
  code: z.enum(REFUSAL_CODES),
  message: z.strictObject({ zh: z.string(), en: z.string() }),
  details: z.optional(z.array(RefusalDetail)),
});
export type RefusalBody = z.infer<typeof RefusalBody>;

/** An expected no, as a value: use cases return it instead of throwing. */
export interface Refusal {
  readonly refused: RefusalCode;
  readonly details?: readonly RefusalDetail[];
}

export const refuse = (refused: RefusalCode, details?: readonly RefusalDetail[]): Refusal =>
  details === undefined ? { refused } : { refused, details };

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value;

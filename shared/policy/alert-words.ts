import type { AlertSource, Channel } from '../contracts/alerts.ts';
import type { Callee } from '../contracts/callees.ts';
import type { Words } from './words.ts';

/** Words of the reasons of a ladder, in the two languages. */

export const CALLEE_WORDS: Readonly<Record<Callee, Words>> = {
  dispatchers: { zh: '值守坐席', en: 'the desk' },
  family: { zh: '家属', en: 'the family' },
  'grid-worker': { zh: '网格员', en: 'the grid worker' },
  'community-duty': { zh: '社区值班', en: 'the community’s duty' },
  neighbours: { zh: '邻居', en: 'neighbours' },
  volunteers: { zh: '志愿者', en: 'volunteers' },
  'call-centre': { zh: '呼叫中心', en: 'the call centre' },
  'emergency-services': { zh: '应急救援', en: 'the emergency services' },
};

export const SOURCE_WORDS: Readonly<Record<AlertSource, Words>> = {
  app: { zh: '手机求助', en: 'the app' },
  key: { zh: '一键通', en: 'the phone key' },
  wristband: { zh: '手环', en: 'the wristband' },
  smoke: { zh: '烟感', en: 'the smoke sensor' },
  infrared: { zh: '红外', en: 'the infrared sensor' },
  'health-meter': { zh: '健康监测', en: 'a health meter' },
  'missed-check': { zh: '逾期未查看', en: 'a missed check' },
  'staff-call': { zh: '工作人员代报', en: 'staff on the phone' },
  canary: { zh: '系统自检', en: 'the stage’s own test' },
};

export const CHANNEL_WORDS: Readonly<Record<Channel, Words>> = {
  inbox: { zh: '站内', en: 'the board' },
  wechat: { zh: '微信', en: 'WeChat' },
  sms: { zh: '短信', en: 'SMS' },
  voice: { zh: '电话', en: 'telephone' },
  partner: { zh: '系统对接', en: 'partner system' },
  canary: { zh: '自检通道', en: 'test channel' },
};

/** 甲、乙 and "a, b and c". */
export const namesOf = <K extends string>(keys: readonly K[], words: Readonly<Record<K, Words>>): Words => ({
  zh: keys.map((key) => words[key].zh).join('、'),
  en: keys
    .map((key) => words[key].en)
    .join(', ')
    .replace(/, ([^,]*)$/, ' and $1'),
});

/** `60秒后`, `at once`. */
export const afterWords = (after: number): Words =>
  after === 0 ? { zh: '立即', en: 'at once' } : { zh: `${after}秒后`, en: `after ${after} seconds` };

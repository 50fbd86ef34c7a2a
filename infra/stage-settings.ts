import { RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { LOCAL_MESSAGE_TEMPLATE } from './local/message-template.ts';

/** `local` is what `npm start` runs on one machine; the others are deployed. */
const STAGE_NAMES = ['local', 'dev', 'prod'] as const;
type StageName = (typeof STAGE_NAMES)[number];

export interface Throttle {
  /** Requests a second, and the burst, that are let through before the rest is answered 429. */
  rate: number;
  burst: number;
}

/** How many invocations at a time each part of AnxinAlerts always has room for, whatever the rest of the account does. */
export interface AlertRoom {
  /** Raising: kept warm at rest and at most, and the room that it has in all. */
  raise: { least: number; most: number; room: number };
  /** The board and the pages of contacts and devices: each. */
  pages: number;
  /** From the press to the first notice. */
  keep: number;
  /** The same for who presses again and again: a flood is kept by this alone. */
  again: number;
  /** Each channel. */
  channel: number;
  /** Timers, and what makes good what was missed. */
  ladder: number;
  /** What runs by the clock, one at a time: sweep, canary, drills, silent devices. */
  clock: number;
}

export interface StageSettings {
  name: StageName;
  /** Where the stacks go. Absent: the region of whoever deploys. China: `cn-north-1`, `cn-northwest-1`. */
  region?: string;
  logRetention: RetentionDays;
  /** The limit of AnxinApi. */
  throttle: Throttle;
  /** The limit of AnxinAlerts, but for raising an alert. */
  alertsThrottle: Throttle;
  alertRoom: AlertRoom;
  /** The address at which callers reach AnxinAlerts, where it is another than API Gateway's own: the stage's test alert calls it there. */
  alertsUrl?: string;
  /** Web pages (origins) that may call the API from a browser. The mini-program needs none. */
  webOrigins: readonly string[];
  /** Who is written to when an alarm rings. Absent: nobody, the alarms still show. */
  alarmMail?: string;
  /** What becomes of tables, keys and logs when a stack is deleted. */
  removal: RemovalPolicy;
  /** Refuses to delete a table until somebody switches this off. */
  protectData: boolean;
  /** The mini-program's id at WeChat; public. Its secret lies in Secrets Manager. */
  wechatAppId: string;
  wechatBaseUrl: string;
  /** The subscription message at WeChat by which families are told of an alert. */
  wechatTemplateId: string;
  /** What that template calls its fields, as JSON: `{"who":"thing1","what":"thing2","at":"time3","state":"phrase4"}` where absent. */
  wechatTemplateFields?: string;
  /** A system that calls a phone and reads a text aloud: a signed `POST`. Absent: nobody is called by machine. */
  voiceGatewayUrl?: string;
  /** Every partner's webhook goes here instead of the address in the policy: for stages that must not call a real call centre. */
  partnerGatewayUrl?: string;
  /** An HTTP gateway that sends text messages: `POST {phone, text}`. Absent: SNS sends them, which it cannot in the China regions. */
  smsGatewayUrl?: string;
}

const WECHAT = 'https://api.weixin.qq.com';

const stages: Readonly<Record<StageName, StageSettings>> = {
  local: {
    name: 'local',
    logRetention: RetentionDays.ONE_DAY,
    throttle: { rate: 10_000, burst: 5_000 },
    alertsThrottle: { rate: 10_000, burst: 5_000 },
    // One worker thread serves them all here; the room is that of a large stage.
    alertRoom: {
      raise: { least: 1, most: 2, room: 400 },
      pages: 100,
      keep: 100,
      again: 5,
      channel: 100,
      ladder: 100,
      clock: 1,
    },
    webOrigins: ['*'],
    removal: RemovalPolicy.DESTROY,
    protectData: false,
    wechatAppId: 'wx0000000000000000',
    wechatBaseUrl: WECHAT,
    wechatTemplateId: LOCAL_MESSAGE_TEMPLATE,
    smsGatewayUrl: 'http://127.0.0.1/sms',
    voiceGatewayUrl: 'http://127.0.0.1/voice',
    partnerGatewayUrl: 'http://127.0.0.1/partner',
  },
  dev: {
    name: 'dev',
    logRetention: RetentionDays.ONE_MONTH,
    throttle: { rate: 200, burst: 400 },
    alertsThrottle: { rate: 200, burst: 400 },
    alertRoom: { raise: { least: 1, most: 2, room: 10 }, pages: 5, keep: 5, again: 2, channel: 3, ladder: 3, clock: 1 },
    webOrigins: ['https://dev.anxin.example'],
    removal: RemovalPolicy.DESTROY,
    protectData: false,
    wechatAppId: 'wx0000000000000000',
    wechatBaseUrl: WECHAT,
    wechatTemplateId: 'put-the-template-id-here',
    smsGatewayUrl: 'https://sms.anxin.example/send',
    voiceGatewayUrl: 'https://voice.anxin.example/call',
    // A test stage must never ring a real call centre.
    partnerGatewayUrl: 'https://partner.dev.anxin.example/alerts',
  },
  prod: {
    name: 'prod',
    logRetention: RetentionDays.SIX_MONTHS,
    // Lunch orders of a large district (a million a year) come mostly in the last half hour before closing.
    throttle: { rate: 2_000, burst: 4_000 },
    alertsThrottle: { rate: 1_000, burst: 2_000 },
    // A city of 630 000 elders: a few presses a minute on an ordinary day; an earthquake or a power cut, hundreds in a second.
    alertRoom: {
      raise: { least: 5, most: 50, room: 200 },
      pages: 50,
      keep: 60,
      again: 10,
      channel: 20,
      ladder: 20,
      clock: 1,
    },
    webOrigins: ['https://anxin.example'],
    removal: RemovalPolicy.RETAIN,
    protectData: true,
    wechatAppId: 'wx0000000000000000',
    wechatBaseUrl: WECHAT,
    wechatTemplateId: 'put-the-template-id-here',
    smsGatewayUrl: 'https://sms.anxin.example/send',
    voiceGatewayUrl: 'https://voice.anxin.example/call',
  },
};

/** What can be said of a deployment; the web origins besides. */
const OPTIONAL = [
  'region',
  'alarmMail',
  'wechatAppId',
  'wechatTemplateId',
  'wechatTemplateFields',
  'smsGatewayUrl',
  'voiceGatewayUrl',
  'alertsUrl',
] as const satisfies readonly (keyof StageSettings)[];
/** `-c smsGatewayUrl=none` leaves text messages to SNS, `-c voiceGatewayUrl=none` calls nobody by machine. */
const NONE = 'none';

/**
 * The settings of a deployment: its stage, and what `-c name=value` says otherwise (`stage`, the settings above, `webOrigins`
 * separated by commas).
 */
export function stageSettings(context: (name: string) => unknown): StageSettings {
  const text = (name: string): string | undefined => {
    const value = context(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const name = text('stage') ?? 'dev';
  const stage = stages[name as StageName];
  if (stage === undefined) throw new Error(`no stage "${name}": there are ${STAGE_NAMES.join(', ')}`);
  const said = Object.fromEntries(
    OPTIONAL.map((setting) => [setting, text(setting) ?? stage[setting]]).filter(([, value]) => value !== undefined),
  ) as Pick<StageSettings, (typeof OPTIONAL)[number]>;
  if (said.smsGatewayUrl === NONE && said.region?.startsWith('cn-')) {
    throw new Error(`SNS sends no text messages in ${said.region}: name a gateway with -c smsGatewayUrl=https://…`);
  }
  const { smsGatewayUrl: _sms, voiceGatewayUrl: _voice, ...rest } = stage;
  return {
    ...rest,
    ...(Object.fromEntries(Object.entries(said).filter(([, value]) => value !== NONE)) as typeof said),
    webOrigins: text('webOrigins')?.split(',') ?? stage.webOrigins,
  };
}

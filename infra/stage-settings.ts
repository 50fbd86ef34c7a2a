import { RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** `local` is what `npm start` runs on one machine; the others are deployed. */
const STAGE_NAMES = ['local', 'dev', 'prod'] as const;
type StageName = (typeof STAGE_NAMES)[number];

export interface StageSettings {
  name: StageName;
  /** Where the stacks go. Absent: the region of whoever deploys. China: `cn-north-1`, `cn-northwest-1`. */
  region?: string;
  logRetention: RetentionDays;
  /** Requests a second, and the burst, that the API lets through before it answers 429. */
  throttle: { rate: number; burst: number };
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
  /** An HTTP gateway that sends one-time codes: `POST {phone, text}`. Absent: SNS sends them, which it cannot in the China regions. */
  smsGatewayUrl?: string;
}

const WECHAT = 'https://api.weixin.qq.com';

const stages: Readonly<Record<StageName, StageSettings>> = {
  local: {
    name: 'local',
    logRetention: RetentionDays.ONE_DAY,
    throttle: { rate: 10_000, burst: 5_000 },
    webOrigins: ['*'],
    removal: RemovalPolicy.DESTROY,
    protectData: false,
    wechatAppId: 'wx0000000000000000',
    wechatBaseUrl: WECHAT,
    smsGatewayUrl: 'http://127.0.0.1/sms',
  },
  dev: {
    name: 'dev',
    logRetention: RetentionDays.ONE_MONTH,
    throttle: { rate: 200, burst: 400 },
    webOrigins: ['https://dev.anxin.example'],
    removal: RemovalPolicy.DESTROY,
    protectData: false,
    wechatAppId: 'wx0000000000000000',
    wechatBaseUrl: WECHAT,
    smsGatewayUrl: 'https://sms.anxin.example/send',
  },
  prod: {
    name: 'prod',
    logRetention: RetentionDays.SIX_MONTHS,
    // Lunch orders of a large district (a million a year) come mostly in the last half hour before closing.
    throttle: { rate: 2_000, burst: 4_000 },
    webOrigins: ['https://anxin.example'],
    removal: RemovalPolicy.RETAIN,
    protectData: true,
    wechatAppId: 'wx0000000000000000',
    wechatBaseUrl: WECHAT,
    smsGatewayUrl: 'https://sms.anxin.example/send',
  },
};

/**
 * The settings of a deployment: its stage, and what `-c name=value` says otherwise (`stage`, `region`, `alarmMail`,
 * `wechatAppId`, `smsGatewayUrl`, `webOrigins` separated by commas).
 */
export function stageSettings(context: (name: string) => unknown): StageSettings {
  const text = (name: string): string | undefined => {
    const value = context(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const name = text('stage') ?? 'dev';
  const stage = stages[name as StageName];
  if (stage === undefined) throw new Error(`no stage "${name}": there are ${STAGE_NAMES.join(', ')}`);
  const region = text('region') ?? stage.region;
  const alarmMail = text('alarmMail') ?? stage.alarmMail;
  // `-c smsGatewayUrl=none` leaves text messages to SNS.
  const gateway = text('smsGatewayUrl') ?? stage.smsGatewayUrl;
  const { smsGatewayUrl: _, ...rest } = stage;
  if (gateway === 'none' && region?.startsWith('cn-')) {
    throw new Error(`SNS sends no text messages in ${region}: name a gateway with -c smsGatewayUrl=https://…`);
  }
  return {
    ...rest,
    ...(region === undefined ? {} : { region }),
    ...(alarmMail === undefined ? {} : { alarmMail }),
    wechatAppId: text('wechatAppId') ?? stage.wechatAppId,
    ...(gateway === undefined || gateway === 'none' ? {} : { smsGatewayUrl: gateway }),
    webOrigins: text('webOrigins')?.split(',') ?? stage.webOrigins,
  };
}

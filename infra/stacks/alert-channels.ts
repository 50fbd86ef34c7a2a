import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { CHANNELS } from '../../shared/contracts/alerts.ts';
import { acknowledge } from '../constructs/acknowledge.ts';
import type { FeatureFunction } from '../constructs/feature-function.ts';
import type { StageSettings } from '../stage-settings.ts';
import type { AnxinData } from './anxin-data.ts';

export type AlertChannel = (typeof CHANNELS)[number];

interface Channels {
  scope: Construct;
  settings: StageSettings;
  data: AnxinData;
  make: (channel: AlertChannel) => FeatureFunction;
  reads: (channel: AlertChannel, fn: FeatureFunction) => void;
}

/** A function for each channel, with what it needs to reach the world outside: and no more than that channel needs. */
export function addChannels({ scope, settings, data, make, reads }: Channels): void {
  const webhookSecret = new Secret(scope, 'WebhookSecret', {
    description: 'Signs what is sent to the voice gateway and to partners: they check it',
    generateSecretString: { passwordLength: 48, excludePunctuation: true },
    removalPolicy: settings.removal,
  });
  acknowledge(
    webhookSecret,
    'AwsSolutions-SMG4',
    'Partners hold the same secret: it changes on a day agreed with them; docs/operations.md says how.',
  );
  const reach: Readonly<Record<AlertChannel, (fn: FeatureFunction) => void>> = {
    inbox: () => {},
    canary: () => {},
    wechat: (fn) => {
      if (settings.wechatTemplateFields !== undefined)
        fn.knows('WECHAT_TEMPLATE_FIELDS', settings.wechatTemplateFields);
      fn.usesSecret(data.wechatSecret, 'WECHAT_SECRET_ARN', ['GetSecretValue'])
        .knows('WECHAT_BASE_URL', settings.wechatBaseUrl)
        .knows('WECHAT_APP_ID', settings.wechatAppId)
        .knows('WECHAT_TEMPLATE_ID', settings.wechatTemplateId);
    },
    sms: (fn) => sendsText(fn, settings, data),
    voice: (fn) => {
      fn.usesSecret(webhookSecret, 'WEBHOOK_SECRET_ARN', ['GetSecretValue']);
      if (settings.voiceGatewayUrl !== undefined) fn.knows('VOICE_GATEWAY_URL', settings.voiceGatewayUrl);
    },
    partner: (fn) => {
      fn.usesSecret(webhookSecret, 'WEBHOOK_SECRET_ARN', ['GetSecretValue']);
      if (settings.partnerGatewayUrl !== undefined) fn.knows('PARTNER_GATEWAY_URL', settings.partnerGatewayUrl);
    },
  };
  for (const channel of CHANNELS) {
    const fn = make(channel);
    reach[channel](fn);
    reads(channel, fn);
  }
}

/** Text messages go through the stage's gateway, or by SNS where none is named (never in China: the settings refuse it). */
export function sendsText(fn: FeatureFunction, { smsGatewayUrl }: StageSettings, { smsGatewayKey }: AnxinData): void {
  if (smsGatewayUrl !== undefined) {
    fn.usesSecret(smsGatewayKey, 'SMS_GATEWAY_KEY_ARN', ['GetSecretValue']).knows('SMS_GATEWAY_URL', smsGatewayUrl);
    return;
  }
  fn.allow(['sns:Publish'], ['*']);
  acknowledge(fn, 'AwsSolutions-IAM5[Resource::*]', 'A text message goes to a phone number, which has no ARN.');
}

import * as z from 'zod/mini';
import { env } from '../../platform/env.ts';
import { secretFrom } from '../../platform/secret.ts';
import { countingConsents } from './consents.ts';
import { ledgerTable } from './deps.ts';
import { channelConsumer } from './notice-consumer.ts';
import { wechatSend } from './wechat.ts';

const { STAGE, WECHAT_BASE_URL, WECHAT_APP_ID, WECHAT_TEMPLATE_ID } = env(
  'STAGE',
  'WECHAT_BASE_URL',
  'WECHAT_APP_ID',
  'WECHAT_TEMPLATE_ID',
);
const secret = secretFrom(process.env, 'WECHAT_SECRET');
if (secret === undefined) throw new Error('environment lacks WECHAT_SECRET_ARN (or WECHAT_SECRET on one machine)');

const VERSIONS: Readonly<Record<string, 'trial' | 'developer'>> = { dev: 'trial', local: 'developer' };
/** `{"who":"thing1","what":"thing2","at":"time3","state":"phrase4"}`, where the stage's template calls them otherwise. */
const Fields = z.object({ who: z.string(), what: z.string(), at: z.string(), state: z.string() });
const { WECHAT_TEMPLATE_FIELDS: fields } = process.env;

const ledger = ledgerTable();
const send = wechatSend({
  baseUrl: WECHAT_BASE_URL,
  appId: WECHAT_APP_ID,
  secret,
  templateId: WECHAT_TEMPLATE_ID,
  fields: fields ? Fields.parse(JSON.parse(fields)) : undefined,
  version: VERSIONS[STAGE] ?? 'formal',
});

/** The queue of notices by WeChat's subscription messages. */
export const handler = channelConsumer('wechat', countingConsents(ledger, send), ledger);

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '../platform/dynamo.ts';
import { env } from '../platform/env.ts';
import { secretFrom } from '../platform/secret.ts';
import { fileSigner, kmsSigner, type Signer } from '../platform/signer.ts';
import { gatewayText, type SendText, snsText } from '../platform/text-message.ts';
import { type WechatLogin, wechatLogin } from './wechat-login.ts';
import { type WechatPhone, wechatPhone } from './wechat-phone.ts';

/** What the use cases of sessions work with. Built once, beside the handler. */
export interface SessionDeps {
  readonly db: DynamoDBDocumentClient;
  readonly sessionsTable: string;
  readonly stage: string;
  readonly signer: Signer;
  readonly wechat: WechatLogin;
  readonly wechatPhone: WechatPhone;
  readonly sendText: SendText;
}

/**
 * From the environment. SESSION_PRIVATE_KEY_FILE (one machine) goes before SESSION_KEY_ID (KMS); WECHAT_SECRET before
 * WECHAT_SECRET_ARN; text messages go to SMS_GATEWAY_URL (with SMS_GATEWAY_KEY or SMS_GATEWAY_KEY_ARN, where set), else by SNS.
 */
export function sessionDeps(): SessionDeps {
  const { SESSIONS_TABLE, STAGE, WECHAT_BASE_URL, WECHAT_APP_ID } = env(
    'SESSIONS_TABLE',
    'STAGE',
    'WECHAT_BASE_URL',
    'WECHAT_APP_ID',
  );
  const { SESSION_PRIVATE_KEY_FILE: keyFile, SMS_GATEWAY_URL: gateway } = process.env;
  const secret = secretFrom(process.env, 'WECHAT_SECRET');
  if (secret === undefined) throw new Error('environment lacks WECHAT_SECRET_ARN (or WECHAT_SECRET on one machine)');
  const server = { baseUrl: WECHAT_BASE_URL, appId: WECHAT_APP_ID, secret };
  return {
    db: documentClient(),
    sessionsTable: SESSIONS_TABLE,
    stage: STAGE,
    signer: keyFile ? fileSigner(keyFile) : kmsSigner(env('SESSION_KEY_ID').SESSION_KEY_ID),
    wechat: wechatLogin(server),
    wechatPhone: wechatPhone(server),
    sendText: gateway ? gatewayText(gateway, secretFrom(process.env, 'SMS_GATEWAY_KEY')) : snsText(),
  };
}

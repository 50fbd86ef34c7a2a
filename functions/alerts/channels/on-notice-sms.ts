import { secretFrom } from '../../platform/secret.ts';
import { gatewayText, snsText } from '../../platform/text-message.ts';
import { ledgerTable } from './deps.ts';
import { channelConsumer } from './notice-consumer.ts';
import { severalSmsText } from './short-text.ts';
import { smsSend } from './sms.ts';

const { SMS_GATEWAY_URL: gateway } = process.env;
const sendText = gateway ? gatewayText(gateway, secretFrom(process.env, 'SMS_GATEWAY_KEY')) : snsText();

/** The queue of notices by text message: to SMS_GATEWAY_URL, else by SNS, which has none in the China regions. */
export const handler = channelConsumer('sms', smsSend(sendText), ledgerTable(), smsSend(sendText, severalSmsText));

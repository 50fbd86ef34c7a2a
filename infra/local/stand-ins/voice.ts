import type { Server } from 'node:http';
import type { Received } from './received.ts';
import { webhookStandIn } from './webhook.ts';

/** Stands in for the system that calls a phone and reads a text aloud: a signed `POST {phone, text, alertId, notice}`. */
export const voiceStandIn = (take: (received: Received) => void): Server =>
  webhookStandIn(({ phone = '', alertId = '', notice = '', text = '' }) => {
    take({ at: Date.now(), channel: 'voice', to: phone, alertId, notice, text });
  });

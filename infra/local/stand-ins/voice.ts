import type { Server } from 'node:http';
import type { Received } from './received.ts';
import { webhookStandIn } from './webhook.ts';

/** Stands in for the system that calls a phone and reads a text aloud: a signed `POST {to, text, alertId, notice, drill}`. */
export const voiceStandIn = (take: (received: Received) => void): Server =>
  webhookStandIn(['to', 'text', 'alertId', 'notice'], ({ to, alertId, notice, text, drill }) => {
    take({ at: Date.now(), channel: 'voice', to, alertId, notice, text, drill });
  });

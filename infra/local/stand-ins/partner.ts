import type { Server } from 'node:http';
import type { Received } from './received.ts';
import { webhookStandIn } from './webhook.ts';

/** Stands in for partner systems (a call centre, 120): a signed `POST {partner, alertId, notice, text, …}`. */
export const partnerStandIn = (take: (received: Received) => void): Server =>
  webhookStandIn(({ partner = '', alertId = '', notice = '', text = '' }) => {
    take({ at: Date.now(), channel: 'partner', to: partner, alertId, notice, text });
  });

import type { Server } from 'node:http';
import type { Received } from './received.ts';
import { webhookStandIn } from './webhook.ts';

/** Stands in for the systems of partners (a call centre, 120): a signed `POST {partner, alertId, notice, text, drill, …}`. */
export const partnerStandIn = (take: (received: Received) => void): Server =>
  webhookStandIn(['partner', 'alertId', 'notice', 'text'], ({ partner, alertId, notice, text, drill }) => {
    take({ at: Date.now(), channel: 'partner', to: partner, alertId, notice, text, drill });
  });

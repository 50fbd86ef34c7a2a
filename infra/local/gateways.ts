import type { Server } from 'node:http';
import type { GATEWAYS } from './faults.ts';
import { consentsOf, type DemoPerson, openidOf } from './people.ts';
import { partnerStandIn } from './stand-ins/partner.ts';
import type { Received } from './stand-ins/received.ts';
import { smsStandIn } from './stand-ins/sms.ts';
import { voiceStandIn } from './stand-ins/voice.ts';
import { wechatStandIn } from './stand-ins/wechat.ts';

type Gateway = (typeof GATEWAYS)[number];

/** The world outside, as it is on this machine. */
export interface Gateways {
  readonly addresses: Readonly<Record<Gateway, string>>;
  /** Text messages, newest first, and what the other channels took. */
  messages(): object;
  /** Everything that a channel told anybody, oldest first. */
  received(): readonly Received[];
}

/** What `/dev/messages` shows of each channel, at most. */
const SHOWN = 200;

/** Starts a stand-in for each gateway. `people` are those whom WeChat knows. */
export async function openGateways(
  open: (server: Server) => Promise<number>,
  people: readonly DemoPerson[],
): Promise<Gateways> {
  const all: Received[] = [];
  const take = (received: Received): void => {
    all.push(received);
  };
  const sms = smsStandIn(take);
  const servers: Readonly<Record<Gateway, Server>> = {
    wechat: wechatStandIn(
      { openidOf: (code) => openidOf(people, code), consentsOf: (openid) => consentsOf(people, openid) },
      take,
    ),
    sms: sms.server,
    voice: voiceStandIn(take),
    partner: partnerStandIn(take),
  };
  const addresses: Record<string, string> = {};
  for (const [name, server] of Object.entries(servers)) addresses[name] = `http://127.0.0.1:${await open(server)}`;
  const newest = (channel: Received['channel']): Received[] =>
    all
      .filter((each) => each.channel === channel)
      .slice(-SHOWN)
      .reverse();
  return {
    addresses: addresses as Record<Gateway, string>,
    messages: () => ({
      messages: sms.messages,
      wechat: newest('wechat'),
      voice: newest('voice'),
      partner: newest('partner'),
    }),
    received: () => all,
  };
}

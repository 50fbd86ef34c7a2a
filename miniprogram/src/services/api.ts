import { API_OF, type ApiName } from '../../../shared/route.ts';
import { type RouteName, routes } from '../../../shared/routes.ts';
import { addresses } from './addresses.ts';
import { type Answer, type Call, createClient, createRaise } from './client.ts';
import { instantNow } from './clock.ts';
import { connectionStore } from './connection.ts';
import { newId } from './ids.ts';
import { inTurn } from './in-turn.ts';
import { createOutbox, type OutboxState } from './outbox.ts';
import { expireSession, keepSession, keptSession, sessionStore } from './session.ts';
import { createSos, type SosPress } from './sos.ts';
import { sosPassStore } from './sos-pass.ts';
import { storage } from './storage.ts';
import { taroTransport } from './transport.ts';

async function base(api: ApiName): Promise<string> {
  const address = (await addresses()).apis[api];
  if (address === undefined) throw new Error(`the address of ${api} is not configured`);
  return address.replace(/\/$/, '');
}

const client = createClient({
  transport: inTurn(taroTransport),
  base,
  session: sessionStore.get,
  keptSession,
  keepSession,
  endSession: expireSession,
});

/** Calls a route: `await call('getElder', { params: { elderId } })`. Refusals and lost connections are values. */
export const call: Call = async <N extends RouteName>(name: N, ...input: unknown[]) => {
  const answer = await (client as (name: RouteName, ...input: unknown[]) => Promise<Answer<never>>)(name, ...input);
  const connected = answer.ok || answer.refusal.code !== 'offline';
  // Alerts stand apart: that they do not answer says nothing of the rest, and their own pages say it themselves.
  if (!connected && API_OF[routes[name].feature] === 'AnxinAlerts') return answer;
  if (connectionStore.get() !== connected) connectionStore.set(connected);
  return answer;
};

/** The same for what asks again and again by itself, and tells a lost connection on its own: other pages hear nothing of it. */
export const callQuietly = client;

/** What was typed and must arrive exactly once: orders, changes, cancellations. */
export const outbox = createOutbox({
  call,
  personId: () => sessionStore.get()?.person.personId,
  now: instantNow,
  read: () => storage.read<OutboxState>('outbox'),
  write: (state) => storage.write('outbox', state),
});

/** The emergency button's own way out, which waits for nothing else: `sos.raise({ elderId, name, source: 'staff-call' })`. */
export const sos = createSos({
  raise: createRaise({ transport: taroTransport, base }),
  pass: sosPassStore.get,
  now: instantNow,
  newId,
  read: () => storage.read<readonly SosPress[]>('sos:presses'),
  write: (presses) => storage.keep('sos:presses', presses),
});

// A new token: what was refused with the old one is tried again.
sosPassStore.subscribe(sos.flush);

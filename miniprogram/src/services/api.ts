import type { RouteName } from '../../../shared/routes.ts';
import { addresses } from './addresses.ts';
import { type Answer, type Call, createClient } from './client.ts';
import { instantNow } from './clock.ts';
import { connectionStore } from './connection.ts';
import { createOutbox, type OutboxState } from './outbox.ts';
import { expireSession, keepSession, keptSession, sessionStore } from './session.ts';
import { storage } from './storage.ts';
import { taroTransport } from './transport.ts';

const client = createClient({
  transport: taroTransport,
  base: async () => {
    const base = (await addresses()).apis.AnxinApi;
    if (base === undefined) throw new Error('the address of AnxinApi is not configured');
    return base.replace(/\/$/, '');
  },
  session: sessionStore.get,
  keptSession,
  keepSession,
  endSession: expireSession,
});

/** Calls a route of AnxinApi: `await call('getElder', { params: { elderId } })`. Refusals and lost connections are values. */
export const call: Call = async <N extends RouteName>(name: N, ...input: unknown[]) => {
  const answer = await (client as (name: RouteName, ...input: unknown[]) => Promise<Answer<never>>)(name, ...input);
  const connected = answer.ok || answer.refusal.code !== 'offline';
  if (connectionStore.get() !== connected) connectionStore.set(connected);
  return answer;
};

/** What was typed and must arrive exactly once: orders, changes, cancellations. */
export const outbox = createOutbox({
  call,
  personId: () => sessionStore.get()?.person.personId,
  now: instantNow,
  read: () => storage.read<OutboxState>('outbox'),
  write: (state) => storage.write('outbox', state),
});

import type { MessageConsents } from '../../../shared/contracts/circle.ts';
import { call } from './api.ts';
import { newId } from './ids.ts';
import { sessionStore } from './session.ts';
import { storage } from './storage.ts';
import { createStore } from './store.ts';
// Without its ending: the web has a variant of its own.
import { askConsent, inWechat } from './wechat';

/** Consents that were given on this phone and that the server does not know of yet. */
const UNTOLD = 'consents:untold';
interface Untold {
  readonly consentId: string;
  readonly templateId: string;
  readonly personId: string;
}

/** How many messages of alerts WeChat can still bring; undefined until the server has told, and where there is no WeChat. */
export const consentsStore = createStore<MessageConsents | undefined>(undefined);

const meOrNobody = (): string | undefined => {
  const person = sessionStore.get()?.person;
  return person?.role === 'family' ? person.personId : undefined;
};

/** Asks the server how many are left, once it knows of what was given meanwhile. To be called before a page offers to ask. */
export async function loadConsents(): Promise<void> {
  if (!inWechat || meOrNobody() === undefined) return;
  await tellUntold();
  const answer = await call('getMessageConsents');
  if (answer.ok) consentsStore.set(answer.value);
}

/**
 * Asks WeChat for one more message. Call it first thing in a tap. Where it is not known yet what to ask for, nothing is asked.
 * Resolves when the server knows, or cannot be told now: then it is told later.
 */
export function askInTap(): Promise<void> {
  const known = consentsStore.get();
  const personId = meOrNobody();
  if (!inWechat || known === undefined || personId === undefined) return Promise.resolve();
  const { templateId } = known;
  return askConsent(templateId).then(async (given) => {
    if (!given) return;
    storage.write(UNTOLD, [...untold(), { consentId: newId(), templateId, personId }]);
    await tellUntold();
  });
}

const untold = (): Untold[] => storage.read<Untold[]>(UNTOLD) ?? [];

async function tellUntold(): Promise<void> {
  for (const { consentId, templateId, personId } of untold()) {
    if (personId !== meOrNobody()) continue;
    const answer = await call('putMessageConsent', { params: { consentId }, body: { templateId } });
    if (!answer.ok) return;
    consentsStore.set(answer.value);
    storage.write(
      UNTOLD,
      untold().filter((one) => one.consentId !== consentId),
    );
  }
}

import type { MessageConsents } from '../../../shared/contracts/circle.ts';
import { refuse } from '../../../shared/contracts/refusal.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import type { Answer } from '../../platform/endpoint.ts';
import { transact } from '../../platform/transact.ts';
import type { Who } from '../../platform/who.ts';
import { consentKey, consentsKey } from '../keys.ts';
import { WechatConsents } from '../records.ts';
import { type AlertsTable, readItem } from './alerts-table.ts';

/** What a consent is asked for: the stage's template. */
export interface Templated extends AlertsTable {
  readonly templateId: string;
}

/** Nobody needs more, and a client that repeats itself for ever makes no endless number. */
const MOST = 100;
/** So long a consent is known to be counted. A client tells it within minutes, or when it has a connection again. */
const KNOWN_DAYS = 60;
const ROUNDS = 4;

/** How many messages of alerts WeChat can still bring this person. Consents for another template than today's are worth nothing. */
export async function getMessageConsents(store: Templated, { personId }: Who): Promise<MessageConsents> {
  const known = await readConsents(store, personId);
  return { templateId: store.templateId, left: known?.templateId === store.templateId ? known.left : 0 };
}

async function readConsents(store: AlertsTable, personId: string): Promise<WechatConsents | undefined> {
  const item = await readItem(store, consentsKey(personId));
  return item && WechatConsents.parse(item);
}

/**
 * Counts a consent that was given in WeChat. The same again counts once; one for another template than today's counts nothing.
 *
 * Refuses: `busy`.
 */
export async function putMessageConsent(
  store: Templated,
  who: Who,
  { consentId, templateId, now }: { readonly consentId: string; readonly templateId: string; readonly now: Instant },
): Promise<Answer<MessageConsents>> {
  if (templateId !== store.templateId) return getMessageConsents(store, who);
  const { personId } = who;
  for (let round = 0; round < ROUNDS; round++) {
    const known = await readConsents(store, personId);
    const left = known?.templateId === templateId ? known.left : 0;
    const next = Math.min(MOST, left + 1);
    const outcome = await transact<'consent' | 'consents'>(store.db, [
      {
        step: 'consent',
        Put: {
          TableName: store.alertsTable,
          Item: {
            ...consentKey(personId, consentId),
            at: now,
            ttl: Math.floor(Date.parse(now) / 1000) + KNOWN_DAYS * 24 * 60 * 60,
          },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      {
        step: 'consents',
        Put: {
          TableName: store.alertsTable,
          Item: { ...consentsKey(personId), personId, templateId, left: next },
          ...(known === undefined
            ? { ConditionExpression: 'attribute_not_exists(pk)' }
            : {
                ConditionExpression: '#left = :left AND templateId = :template',
                ExpressionAttributeNames: { '#left': 'left' },
                ExpressionAttributeValues: { ':left': known.left, ':template': known.templateId },
              }),
        },
      },
    ]);
    if (outcome.committed) return { templateId, left: next };
    if ('busy' in outcome) break;
    if (outcome.failed.has('consent')) return { replayed: await getMessageConsents(store, who) };
  }
  return refuse('busy');
}

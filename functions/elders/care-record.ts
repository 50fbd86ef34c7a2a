import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod/mini';
import type { AbilityForm } from '../../shared/contracts/elder-facts.ts';
import type { CareRecord, ReadReason, TagForm } from '../../shared/contracts/elders.ts';
import { isRefusal, type Refusal } from '../../shared/contracts/refusal.ts';
import type { Tag } from '../../shared/policy/facts.ts';
import { dateInChina, type Instant } from '../../shared/values/dates.ts';
import type { Answer } from '../platform/endpoint.ts';
import { fingerprintOf } from '../platform/fingerprint.ts';
import type { Who } from '../platform/who.ts';
import { type Access, accessItem, accessLogged } from './access-log.ts';
import type { ElderDeps } from './deps.ts';
import { careRecord, type StoredElder, withAbility, withTag } from './elder.ts';
import { abilityFaults, refuseFaults, tagFaults } from './elder-rules.ts';
import { changeElder, elderFor } from './elder-store.ts';

/** Tags and ability are written down from papers seen: that is the reason which the log gives for a change. */
const CHANGE_REASON = 'assessment';

/** Opens the care record. The log's entry is stored before anything is answered: what cannot be logged is not shown. */
export async function getCareRecord(
  deps: ElderDeps,
  who: Who,
  { elderId, reason, now }: { elderId: string; reason: z.infer<typeof ReadReason>; now: Instant },
): Promise<CareRecord | Refusal> {
  const elder = await elderFor(deps, who, elderId);
  if (isRefusal(elder)) return elder;
  await logAccess(deps, { elderId, who, at: now, what: 'care-record', reason });
  return careRecord(elder);
}

/** Sets a tag. The same again changes nothing. Refuses: `invalid-request` (a grade that the tag does not have), `busy`. */
export function putTag(
  deps: ElderDeps,
  who: Who,
  { elderId, tag, form, now }: { elderId: string; tag: Tag; form: TagForm; now: Instant },
): Promise<Answer<CareRecord>> {
  const stands = (elder: StoredElder) => elder.tags.find((each) => each.tag === tag);
  return changeCareRecord(deps, who, {
    elderId,
    now,
    what: `tag ${tag}`,
    refused: refuseFaults(tagFaults(tag, form, dateInChina(now))),
    before: stands,
    isSame: (elder) => sameContent(stands(elder), { tag, ...form }),
    next: (elder) => withTag(elder, tag, form),
  });
}

/** Records an assessed ability level. The same again changes nothing. Refuses: `invalid-request` (a day to come), `busy`. */
export function putAbility(
  deps: ElderDeps,
  who: Who,
  { elderId, form, now }: { elderId: string; form: AbilityForm; now: Instant },
): Promise<Answer<CareRecord>> {
  return changeCareRecord(deps, who, {
    elderId,
    now,
    what: 'ability',
    refused: refuseFaults(abilityFaults(form, dateInChina(now))),
    before: (elder) => elder.ability ?? undefined,
    isSame: (elder) => sameContent(elder.ability, form),
    next: (elder) => withAbility(elder, form),
  });
}

interface CareChange {
  readonly elderId: string;
  readonly now: Instant;
  readonly what: string;
  readonly refused: Refusal | undefined;
  readonly before: (elder: StoredElder) => unknown;
  readonly isSame: (elder: StoredElder) => boolean;
  readonly next: (elder: StoredElder) => StoredElder;
}

async function changeCareRecord(
  deps: ElderDeps,
  who: Who,
  { elderId, now, what, refused, before, isSame, next }: CareChange,
): Promise<Answer<CareRecord>> {
  if (refused) {
    // Whose elder it is comes first: a stranger learns nothing from what is wrong with the form.
    const elder = await elderFor(deps, who, elderId);
    return isRefusal(elder) ? elder : refused;
  }
  const access = { elderId, who, at: now, what, reason: CHANGE_REASON } as const;
  const outcome = await changeElder<StoredElder>(deps, who, elderId, (elder) =>
    isSame(elder)
      ? { say: elder }
      : {
          elder: next(elder),
          with: [accessLogged(deps.eldersTable, { ...access, before: before(elder) })],
        },
  );
  if (isRefusal(outcome)) return outcome;
  if ('changed' in outcome) return careRecord(outcome.changed);
  await logAccess(deps, access);
  return { replayed: careRecord(outcome.say) };
}

async function logAccess({ db, eldersTable }: ElderDeps, access: Access): Promise<void> {
  await db.send(new PutCommand({ TableName: eldersTable, Item: accessItem(access) }));
}

/** Stored items come back with their keys in another order. */
function sameContent(stored: object | null | undefined, sent: object): boolean {
  return stored != null && fingerprintOf(sorted(stored)) === fingerprintOf(sorted(sent));
}

const sorted = (value: object): object =>
  Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, typeof each === 'object' && each !== null ? sorted(each) : each]),
  );

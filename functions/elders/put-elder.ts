import type { ElderForm, ElderView } from '../../shared/contracts/elders.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import { within } from '../../shared/values/areas.ts';
import { dateInChina, type Instant } from '../../shared/values/dates.ts';
import type { Answer } from '../platform/endpoint.ts';
import { type Step, transact } from '../platform/transact.ts';
import type { Who } from '../platform/who.ts';
import type { ElderDeps } from './deps.ts';
import { editedElder, firstAnswer, registeredElder, StoredElder } from './elder.ts';
import { elderView, mayActFor } from './elder-record.ts';
import { elderFormFaults, refuseFaults } from './elder-rules.ts';
import { claimIdNumber, elderFor, putNewElder, putNextElder, readElder, releaseIdNumber } from './elder-store.ts';

export interface PutElder {
  readonly elderId: string;
  readonly form: ElderForm;
  readonly now: Instant;
}

/**
 * Registers an elder (`rev` 0) or edits one (the `rev` that was seen). The same again gets the first answer.
 *
 * Refuses: `invalid-request` (younger than 60, birth date against the id number), `forbidden` (an elder, or a new home,
 * outside the staff's area), `already-registered` (the id number is another elder's), `id-reused`, `rev-stale`, `not-found`
 * (an edit of nobody), `busy`.
 */
export async function putElder(deps: ElderDeps, who: Who, put: PutElder): Promise<Answer<ElderView>> {
  if (!within(put.form.area, who.area ?? '')) return refuse('forbidden');
  const refused = refuseFaults(elderFormFaults(put.form, dateInChina(put.now)));
  if (refused) return refused;
  return put.form.rev === 0 ? register(deps, who, put) : edit(deps, who, put);
}

async function register(deps: ElderDeps, who: Who, { elderId, form }: PutElder): Promise<Answer<ElderView>> {
  const elder = registeredElder(elderId, form);
  const outcome = await transact<'elder' | 'id-number'>(deps.db, registrationSteps(deps.eldersTable, elder));
  if (outcome.committed) return elderView(elder);
  if ('busy' in outcome) return refuse('busy');
  if (!outcome.failed.has('elder')) return alreadyRegistered();
  // Read when the engine does not say what stood against the condition.
  const there = outcome.failed.get('elder');
  const known = there ? StoredElder.parse(there) : await readElder(deps, elderId);
  if (known === undefined) return refuse('busy');
  if (!mayActFor(who, known)) return refuse('forbidden');
  const replayed = firstAnswer(known, form);
  return replayed ? { replayed } : refuse('id-reused');
}

/** What registers an elder: the elder, and the claim of the id number. */
const registrationSteps = (table: string, elder: StoredElder): Step<'elder' | 'id-number'>[] => [
  putNewElder(table, elder),
  ...(elder.idNumber === undefined ? [] : [claimIdNumber(table, elder.idNumber, elder.elderId)]),
];

async function edit(deps: ElderDeps, who: Who, { elderId, form }: PutElder): Promise<Answer<ElderView>> {
  const read = await elderFor(deps, who, elderId);
  if (isRefusal(read)) return read;
  if (read.rev !== form.rev) return replayedEdit(read, form);
  const elder = editedElder(read, form);
  const outcome = await transact<'elder' | 'id-number' | 'old-id-number'>(deps.db, [
    putNextElder(deps.eldersTable, elder),
    ...idNumberMoves(deps.eldersTable, read, elder),
  ]);
  if (outcome.committed) return elderView(elder);
  if ('busy' in outcome) return refuse('busy');
  if (!outcome.failed.has('elder')) return alreadyRegistered();
  const now = await readElder(deps, elderId);
  return now ? replayedEdit(now, form) : refuse('not-found');
}

function replayedEdit(elder: StoredElder, form: ElderForm): Answer<ElderView> {
  const replayed = firstAnswer(elder, form);
  return replayed ? { replayed } : refuse('rev-stale', [{ path: 'body.rev', rev: elder.rev }]);
}

/** When the id number changes, the old one is free again. */
function idNumberMoves(table: string, before: StoredElder, after: StoredElder): Step<'id-number' | 'old-id-number'>[] {
  if (before.idNumber === after.idNumber) return [];
  return [
    ...(after.idNumber === undefined ? [] : [claimIdNumber(table, after.idNumber, after.elderId)]),
    ...(before.idNumber === undefined ? [] : [releaseIdNumber(table, before.idNumber)]),
  ];
}

const alreadyRegistered = (): Refusal => refuse('already-registered', [{ path: 'body.idNumber' }]);

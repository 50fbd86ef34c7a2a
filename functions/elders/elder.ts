import * as z from 'zod/mini';
import { type AbilityForm, Absence } from '../../shared/contracts/elder-facts.ts';
import type { CareRecord, ElderForm, ElderRow, ElderView, TagForm } from '../../shared/contracts/elders.ts';
import { maskPhone } from '../../shared/contracts/people.ts';
import type { Tag } from '../../shared/policy/facts.ts';
import { fingerprintOf } from '../platform/fingerprint.ts';
import { ElderRecord, elderView } from './elder-record.ts';

/** An elder as stored: besides the record, what tells a repeated request from another one. */
export const StoredElder = z.extend(ElderRecord, {
  /** Fingerprint of the form that registered the elder. */
  registration: z.string(),
  /** The last edit, with what its answer held besides the form. */
  lastEdit: z.nullable(
    z.object({ fingerprint: z.string(), absence: z.nullable(Absence), diedOn: z.nullable(z.string()) }),
  ),
});
export type StoredElder = z.infer<typeof StoredElder>;

/** What a form says of an elder. Keys that it leaves out are left out: an edit removes a phone that is no longer there. */
const written = ({ rev: _, ...content }: ElderForm) => content;

export const registeredElder = (elderId: string, form: ElderForm): StoredElder => ({
  elderId,
  ...written(form),
  tags: [],
  ability: null,
  absence: null,
  diedOn: null,
  family: [],
  rev: 1,
  registration: fingerprintOf(form),
  lastEdit: null,
});

export const editedElder = (elder: StoredElder, form: ElderForm): StoredElder => {
  const { absence, diedOn } = elder;
  return {
    elderId: elder.elderId,
    ...written(form),
    // No view shows the whole id number, so an edit cannot repeat it: what is left out stays.
    ...(form.idNumber === undefined && elder.idNumber !== undefined && { idNumber: elder.idNumber }),
    tags: elder.tags,
    ability: elder.ability,
    absence,
    diedOn,
    family: elder.family,
    ...(elder.withheld !== undefined && { withheld: elder.withheld }),
    rev: elder.rev + 1,
    registration: elder.registration,
    lastEdit: { fingerprint: fingerprintOf(form), absence, diedOn },
  };
};

/**
 * The first answer to a form that was carried out before, made anew from the form itself: what has changed since is not in it.
 * Undefined when this form neither registered the elder nor was the last edit.
 */
export function firstAnswer(elder: StoredElder, form: ElderForm): ElderView | undefined {
  const fingerprint = fingerprintOf(form);
  if (form.rev === 0) {
    return elder.registration === fingerprint ? elderView(registeredElder(elder.elderId, form)) : undefined;
  }
  const { lastEdit } = elder;
  if (lastEdit?.fingerprint !== fingerprint) return undefined;
  return elderView({ ...editedElder({ ...elder, ...lastEdit }, form), rev: form.rev + 1 });
}

/** The next revision of an elder with some facts changed. */
export const changedElder = (elder: StoredElder, facts: Partial<StoredElder>): StoredElder => ({
  ...elder,
  ...facts,
  rev: elder.rev + 1,
});

export const withTag = (elder: StoredElder, tag: Tag, form: TagForm): StoredElder =>
  changedElder(elder, {
    tags: [...elder.tags.filter((each) => each.tag !== tag), { tag, ...form }].sort((a, b) => (a.tag < b.tag ? -1 : 1)),
  });

export const withAbility = (elder: StoredElder, ability: AbilityForm): StoredElder => changedElder(elder, { ability });

export const careRecord = ({ elderId, tags, ability }: ElderRecord): CareRecord => ({ elderId, tags, ability });

export const elderRow = ({ elderId, name, birthDate, phone, area, absence, diedOn }: ElderRecord): ElderRow => ({
  elderId,
  name,
  birthDate,
  ...(phone !== undefined && { maskedPhone: maskPhone(phone) }),
  area,
  absence,
  diedOn,
});

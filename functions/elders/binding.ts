import * as z from 'zod/mini';
import { CONSENT_PURPOSES, ConsentPurpose } from '../../shared/contracts/elder-facts.ts';
import { type BindingView, type BindRequest, RELATIONS } from '../../shared/contracts/elders.ts';
import { type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import type { Instant } from '../../shared/values/dates.ts';
import type { ElderRecord } from './elder-record.ts';

/** The purpose without which nothing can be done for an elder: it ends only with the binding. */
const NEEDED: ConsentPurpose = 'care-services';

/** A family member's tie to an elder, as stored. One that ended is kept, as proof of the consents that were given. */
export const Binding = z.object({
  elderId: z.string(),
  personId: z.string(),
  name: z.string(),
  relation: z.enum(RELATIONS),
  boundAt: z.string(),
  endedAt: z.nullable(z.string()),
  consents: z.array(z.object({ purpose: ConsentPurpose, givenAt: z.string(), withdrawnAt: z.nullable(z.string()) })),
});
export type Binding = z.infer<typeof Binding>;

export const bindingView = ({ endedAt: _, ...view }: Binding): BindingView => view;

export const refuseConsents = (purposes: readonly ConsentPurpose[]): Refusal | undefined =>
  purposes.includes(NEEDED) ? undefined : refuse('consent-required', [{ path: 'body.consents', needed: NEEDED }]);

/** The binding that a request makes. The consents are given at the moment of binding. */
export const newBinding = (elderId: string, personId: string, request: BindRequest, now: Instant): Binding => ({
  elderId,
  personId,
  name: request.name,
  relation: request.relation,
  boundAt: now,
  endedAt: null,
  consents: request.consents.map((purpose) => ({ purpose, givenAt: now, withdrawnAt: null })),
});

type Withheld = NonNullable<ElderRecord['withheld']>;

/** What an elder's record must know of a binding: which purposes this person does not agree to. None once it has ended. */
export function withheldWith(before: Withheld | undefined, binding: Binding): Withheld {
  const others = (before ?? []).filter(({ personId }) => personId !== binding.personId);
  if (binding.endedAt !== null) return others;
  const refused = CONSENT_PURPOSES.filter((purpose) => !isGiven(binding, purpose));
  return [...others, ...refused.map((purpose) => ({ personId: binding.personId, purpose }))];
}

/** Whether a binding is what this request asks for: then a repeat of it gets the same answer. */
export const isSameRequest = (binding: Binding, request: BindRequest): boolean =>
  binding.name === request.name &&
  binding.relation === request.relation &&
  request.consents.every((purpose) => binding.consents.some((consent) => consent.purpose === purpose));

const isGiven = (binding: Binding, purpose: ConsentPurpose): boolean =>
  binding.consents.some((consent) => consent.purpose === purpose && consent.withdrawnAt === null);

/** A consent given or withdrawn. Withdrawing one that was never given changes nothing. */
export function withConsent(
  binding: Binding,
  purpose: ConsentPurpose,
  granted: boolean,
  now: Instant,
): Binding | Refusal {
  if (!granted && purpose === NEEDED) return refuse('consent-required', [{ path: 'path.purpose', needed: NEEDED }]);
  if (isGiven(binding, purpose) === granted) return binding;
  const others = binding.consents.filter((consent) => consent.purpose !== purpose);
  const before = binding.consents.find((consent) => consent.purpose === purpose);
  const consent = granted
    ? { purpose, givenAt: now, withdrawnAt: null }
    : { purpose, givenAt: before?.givenAt ?? now, withdrawnAt: now };
  return { ...binding, consents: [...others, consent] };
}

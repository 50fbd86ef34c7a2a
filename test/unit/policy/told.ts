import { checkDocument } from '../../../infra/policies/check.ts';
import { mistakeText } from '../../../infra/policies/mistake.ts';
import { aPolicy, aTier } from './a-policy.ts';

export type Json = Record<string, unknown>;

/** What the checker says of the test city with these sections put in place of its own. */
export function told(over: Json, meals: Json = {}): string[] {
  const { meals: own, ...rest } = aPolicy();
  const document = { ...rest, meals: { ...own, ...meals }, ...over };
  return checkDocument(JSON.stringify(document)).mistakes.map((mistake) => mistakeText(mistake));
}
export const tiers = (...list: Json[]): Json => ({ tiers: list });
export const when = (condition: unknown): Json => tiers(aTier('one', { when: condition as never }));
export const pays = (payment: unknown): Json => tiers(aTier('one', { pays: payment as never }));
export const funding = (portions: unknown): Json => tiers(aTier('one', { funding: portions as never }));

import type { Quote } from '../../shared/contracts/quote.ts';
import { type CompiledPolicy, policyFor, quote } from '../../shared/policy/engine.ts';
import { type Example, elderFacts, type MealExample, quoteRequest } from '../../shared/policy/example.ts';
import { yuanEn } from '../../shared/policy/words.ts';
import { ladderDifferences } from './ladder-examples.ts';
import type { Mistake } from './mistake.ts';

/** Runs the examples of a document: a mistake for each result that is not the expected one. */
export function exampleMistakes(compiled: CompiledPolicy, examples: readonly Example[]): Mistake[] {
  return examples.flatMap((example, index) => {
    const path = `examples[${index}]`;
    const isMeal = 'request' in example;
    const on = isMeal ? example.request.on : (example.alert.on ?? compiled.validFrom);
    if (policyFor([compiled], compiled.area.code, on) === undefined) {
      const { validFrom, validUntil } = compiled;
      const right = `name a day from ${validFrom}${validUntil === undefined ? ' on' : ` to ${validUntil}`}`;
      const field = isMeal ? 'request.on' : 'alert.on';
      return [{ path: `${path}.${field}`, found: `the policy is not in force on ${on}`, right }];
    }
    if (!isMeal) return ladderDifferences(compiled, example, path);
    try {
      return differences(example, run(compiled, example), path);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return [{ path: `${path}.request`, found: error.message, right: 'ask for an item that has a price' }];
    }
  });
}

const run = (compiled: CompiledPolicy, { elder, request }: MealExample): Quote =>
  quote(compiled, elderFacts(elder, request.on, compiled.policy), quoteRequest(request));

function differences({ name, expect }: MealExample, quoted: Quote, path: string): Mistake[] {
  const mistakes: Mistake[] = [];
  const compare = (field: string, wanted: unknown, got: unknown, words: (value: never) => string): void => {
    if (wanted === undefined || wanted === got) return;
    mistakes.push({
      path: `${path}.expect.${field}`,
      found: `"${name}" expects ${words(wanted as never)}, but the rules give ${words(got as never)}`,
      right: `mend the rules or the example. ${because(quoted)}`,
    });
  };
  const fen = (amount: number): string => `${amount} (${yuanEn(amount)})`;
  compare('price', expect.price, quoted.price, fen);
  compare('person', expect.person, quoted.shares.person, fen);
  compare('tier', expect.tier, quoted.tier?.code ?? null, (code: string | null) => code ?? 'no tier (null)');
  compare('deliveryFee', expect.deliveryFee, quoted.deliveryFee, fen);
  for (const [side, amount] of Object.entries(expect.shares ?? {})) {
    compare(`shares.${side}`, amount, quoted.shares[side as keyof Quote['shares']], fen);
  }
  for (const [party, amount] of Object.entries(expect.parties ?? {})) {
    compare(`parties.${party}`, amount, quoted.legs.find((leg) => leg.party === party)?.amount ?? 0, fen);
  }
  return mistakes;
}

/** The rules that decided, to show the writer why another result came out. */
const because = ({ because: reasons }: Quote): string => {
  const decided = reasons.filter(({ outcome }) => outcome === 'applied' || outcome === 'limited');
  return `Because: ${decided.map(({ rule, text }) => `[${rule}] ${text.en}`).join(' · ')}`;
};

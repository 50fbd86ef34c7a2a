import { compilePolicy } from '../../shared/policy/engine.ts';
import type { Policy } from '../../shared/policy/policy.ts';
import { exampleMistakes } from './examples.ts';
import { parseJson } from './json.ts';
import type { Mistake } from './mistake.ts';
import { readShape } from './shape.ts';

/** What checking one document found. `policy` is there when its shape is right, even if its meaning is not. */
export interface Checked {
  readonly policy: Policy | undefined;
  readonly mistakes: readonly Mistake[];
}

/** Checks the text of one document: JSON, shape, meaning, examples. Later steps run only on what the earlier ones let pass. */
export function checkDocument(text: string): Checked {
  const parsed = parseJson(text);
  if ('mistake' in parsed) return { policy: undefined, mistakes: [parsed.mistake] };
  const shape = readShape(parsed.value);
  if ('mistakes' in shape) return { policy: undefined, mistakes: shape.mistakes };
  const { policy } = shape;
  return { policy, mistakes: exampleMistakes(compilePolicy(policy), policy.examples) };
}

import { compilePolicy } from '../../shared/policy/engine.ts';
import type { Policy } from '../../shared/policy/policy.ts';
import { exampleMistakes } from './examples.ts';
import { parseJson } from './json.ts';
import { meaningMistakes } from './meaning.ts';
import type { Mistake } from './mistake.ts';
import { referenceMistakes } from './references.ts';
import { remarksOn } from './remarks.ts';
import { readShape } from './shape.ts';
import { mistakesTogether } from './together.ts';

/** What checking one document found. `policy` is there when its shape is right, even if its meaning is not. */
export interface Checked {
  readonly policy: Policy | undefined;
  readonly mistakes: readonly Mistake[];
  /** Allowed, but seldom meant. */
  readonly remarks: readonly string[];
}

/**
 * Checks the text of one document: JSON, shape, names, meaning, examples. Each step runs only on what the steps before it
 * let pass, so that no mistake is told twice under another name.
 */
export function checkDocument(text: string): Checked {
  const parsed = parseJson(text);
  if ('mistake' in parsed) return { policy: undefined, mistakes: [parsed.mistake], remarks: [] };
  const shape = readShape(parsed.value);
  if ('mistakes' in shape) return { policy: undefined, mistakes: shape.mistakes, remarks: [] };
  const { policy } = shape;
  const references = referenceMistakes(policy);
  if (references.length > 0) return { policy, mistakes: references, remarks: [] };
  const meaning = meaningMistakes(policy);
  // A rule that nobody funds cannot be compiled; other mistakes of meaning leave the examples worth running.
  const runs = meaning.every(({ found }) => found !== 'nobody pays this subsidy');
  const examples = runs ? exampleMistakes(compilePolicy(policy), policy.examples) : [];
  return { policy, mistakes: [...meaning, ...examples], remarks: runs ? remarksOn(policy) : [] };
}

/** A file's name and text. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/** Checks documents each by itself and then side by side. */
export function checkDocuments(sources: readonly SourceFile[]): (Checked & { file: string })[] {
  const checked = sources.map(({ file, text }) => ({ file, ...checkDocument(text) }));
  const together = mistakesTogether(
    checked.flatMap(({ file, policy }) => (policy === undefined ? [] : [{ file, policy }])),
  );
  return checked.map((one) => ({
    ...one,
    mistakes: [...one.mistakes, ...together.filter(({ file }) => file === one.file)],
  }));
}

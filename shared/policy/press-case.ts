import type { AlertCase } from './compile-judge.ts';
import type { ElderFacts } from './facts.ts';
import { aCase } from './finding.ts';

const NOBODY: ElderFacts = { birthDate: '', area: '', tags: [] };

/** What conditions of alerts are judged by: an elder, if one is known, and the day ('' where it is not). */
export const pressOf = (elder: ElderFacts | undefined, on: string): AlertCase => ({
  ...aCase(elder ?? NOBODY, { item: '', on }),
  known: elder !== undefined,
});

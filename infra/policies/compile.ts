import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeployedPolicy, Policy } from '../../shared/policy/policy.ts';
import { type Checked, checkDocument } from './check.ts';
import { mistakeText } from './mistake.ts';

/** Where the policies are kept, from the project's root. */
export const POLICIES_DIRECTORY = 'shared/policies';

/**
 * Reads and checks every document of a directory, for the functions to carry: without examples, ordered by area and first
 * day. Throws one `Error` with every mistake of every document: a set with a bad document is not deployed at all.
 */
export function compilePolicies(directory: string = POLICIES_DIRECTORY): DeployedPolicy[] {
  const files = readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .sort();
  const checked = files.map((file) => ({ file, ...checkDocument(readFileSync(join(directory, file), 'utf8')) }));
  const mistakes = checked.flatMap(({ file, mistakes: own }) =>
    own.map((mistake) => `${file}: ${mistakeText(mistake)}`),
  );
  if (files.length === 0) mistakes.push(`${directory} holds no policy: a file ending in .json is expected`);
  if (mistakes.length > 0) throw new Error(`the policies cannot be deployed:\n${mistakes.join('\n')}`);
  return checked.map(deployed).sort(byAreaAndDay);
}

/** Compiles a directory's policies into one file, `policies.json` of a function's asset. */
export function writePolicies(out: string, directory: string = POLICIES_DIRECTORY): number {
  const policies = compilePolicies(directory);
  writeFileSync(out, JSON.stringify(policies));
  return policies.length;
}

function deployed({ policy }: Checked): DeployedPolicy {
  const { examples: _examples, $schema: _schema, ...rest } = policy as Policy;
  return rest;
}

const byAreaAndDay = (a: DeployedPolicy, b: DeployedPolicy): number =>
  a.area.code.localeCompare(b.area.code) || a.validFrom.localeCompare(b.validFrom);

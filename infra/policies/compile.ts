import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeployedPolicy, Policy } from '../../shared/policy/policy.ts';
import { checkDocuments } from './check.ts';
import { mistakeText } from './mistake.ts';
import { uncountedPeriods } from './remarks.ts';

/** Where the policies are kept, wherever the caller runs. */
const POLICIES_DIRECTORY = join(import.meta.dirname, '../../shared/policies');

/**
 * Reads and checks every document of a directory, for the functions to carry: without examples, ordered by area and first
 * day. Throws one `Error` with every mistake of every document: a set with a bad document is not deployed at all.
 */
export function compilePolicies(directory: string = POLICIES_DIRECTORY): DeployedPolicy[] {
  const files = readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .sort();
  const checked = checkDocuments(files.map((file) => ({ file, text: readFileSync(join(directory, file), 'utf8') })));
  const mistakes = checked.flatMap(({ file, mistakes: own }) =>
    own.map((mistake) => `${file}: ${mistakeText(mistake)}`),
  );
  if (files.length === 0) mistakes.push(`${directory} holds no policy: a file ending in .json is expected`);
  for (const { file, policy, mistakes: own } of checked) {
    if (policy === undefined || own.length > 0) continue;
    for (const period of uncountedPeriods(policy)) {
      mistakes.push(`${file}: it limits by ${period}, which meal orders do not count yet; limit by day or month`);
    }
  }
  if (mistakes.length > 0) throw new Error(`the policies cannot be deployed:\n${mistakes.join('\n')}`);
  return checked.flatMap(({ policy }) => (policy === undefined ? [] : [deployed(policy)])).sort(byAreaAndDay);
}

/** Compiles a directory's policies into one file, `policies.json` of a function's asset; answers how many there are. */
export function writePolicies(out: string, directory: string = POLICIES_DIRECTORY): number {
  const policies = compilePolicies(directory);
  writeFileSync(out, JSON.stringify(policies));
  return policies.length;
}

function deployed({ examples: _examples, $schema: _schema, ...rest }: Policy): DeployedPolicy {
  return rest;
}

const byAreaAndDay = (a: DeployedPolicy, b: DeployedPolicy): number =>
  a.area.code.localeCompare(b.area.code) || a.validFrom.localeCompare(b.validFrom);

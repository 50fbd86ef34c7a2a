import * as z from 'zod/mini';
import { Policy } from '../../shared/policy/policy.ts';

/** Where the JSON Schema of policies is kept for editors, from the project's root. */
export const SCHEMA_FILE = 'shared/policy/policy.schema.json';

/** The JSON Schema of policy documents, as text: editors complete and check fields with it. */
export function policySchemaText(): string {
  const schema = z.toJSONSchema(Policy, { io: 'input', target: 'draft-2020-12' });
  return `${JSON.stringify({ ...schema, title: 'Anxin policy document' }, null, 2)}\n`;
}

let names: ReadonlySet<string> | undefined;

/** Every field name that a policy document can have. */
export function fieldNames(): ReadonlySet<string> {
  names ??= propertyNames(JSON.parse(policySchemaText()), new Set());
  return names;
}

function propertyNames(schema: unknown, into: Set<string>): Set<string> {
  if (typeof schema !== 'object' || schema === null) return into;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') for (const name of Object.keys(value)) into.add(name);
    propertyNames(value, into);
  }
  return into;
}

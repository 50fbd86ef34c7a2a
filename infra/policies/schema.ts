import * as z from 'zod/mini';
import { Policy } from '../../shared/policy/policy.ts';

/** Where the JSON Schema of policies is kept for editors, from the project's root. */
export const SCHEMA_FILE = 'shared/policy/policy.schema.json';

/** The JSON Schema of policy documents, as text: editors complete and check fields with it. */
export function policySchemaText(): string {
  const schema = z.toJSONSchema(Policy, { io: 'input', target: 'draft-2020-12' });
  return `${JSON.stringify({ ...schema, title: 'Anxin policy document' }, null, 2)}\n`;
}

const namesBySchema = new WeakMap<z.ZodMiniType, ReadonlySet<string>>();

/** Every field name that a value of the schema can have, at any depth. */
export function fieldNames(schema: z.ZodMiniType): ReadonlySet<string> {
  let names = namesBySchema.get(schema);
  if (names === undefined) {
    names = propertyNames(z.toJSONSchema(schema, { io: 'input' }), new Set());
    namesBySchema.set(schema, names);
  }
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

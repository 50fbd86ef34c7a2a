import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asObject, type JsonObject } from '../../infra/local/json.ts';
import { synthesize } from '../../infra/local/synthesize.ts';

export interface Synthesized {
  directory: string;
  stacks: Readonly<Record<'AnxinData' | 'AnxinApi', JsonObject>>;
  /** Every resource of a type, by `Stack.LogicalId`. */
  ofType(type: string): Record<string, JsonObject>;
  /** All templates as text. */
  text: string;
}

/** The stacks of a stage and region, synthesized once however many test files ask. */
export async function synthesized(context: Readonly<Record<string, string>>): Promise<Synthesized> {
  const directory = await synthesize('infra/app.ts', context);
  const read = (stack: string): JsonObject =>
    JSON.parse(readFileSync(join(directory, `${stack}.template.json`), 'utf8')) as JsonObject;
  const stacks = { AnxinData: read('AnxinData'), AnxinApi: read('AnxinApi') };
  return {
    directory,
    stacks,
    text: JSON.stringify(stacks),
    ofType: (type) =>
      Object.fromEntries(
        Object.entries(stacks).flatMap(([stack, { Resources }]) =>
          Object.entries(asObject(Resources))
            .filter(([, resource]) => asObject(resource).Type === type)
            .map(([id, resource]) => [`${stack}.${id}`, asObject(asObject(resource).Properties)] as const),
        ),
      ),
  };
}

export const GLOBAL = { stage: 'prod', region: 'ap-southeast-1' } as const;
export const CHINA = { stage: 'prod', region: 'cn-north-1' } as const;

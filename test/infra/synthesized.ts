import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asArray, asObject, type JsonObject } from '../../infra/local/json.ts';
import { synthesize } from '../../infra/local/synthesize.ts';

export const STACKS = ['AnxinData', 'AnxinApi', 'AnxinAlerts', 'AnxinWatch'] as const;
export type StackName = (typeof STACKS)[number];

export interface Synthesized {
  directory: string;
  stacks: Readonly<Record<StackName, JsonObject>>;
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
  const stacks = Object.fromEntries(STACKS.map((name) => [name, read(name)])) as Record<StackName, JsonObject>;
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

/** Every statement of every policy that is attached to a role. */
export const statementsOf = (made: Synthesized): JsonObject[] =>
  ['AWS::IAM::Policy', 'AWS::IAM::Role'].flatMap((type) =>
    Object.values(made.ofType(type)).flatMap((properties) => [
      ...asArray(asObject(properties.PolicyDocument).Statement).map(asObject),
      ...asArray(properties.Policies).flatMap((policy) =>
        asArray(asObject(asObject(policy).PolicyDocument).Statement).map(asObject),
      ),
    ]),
  );

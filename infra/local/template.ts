import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asArray, asObject, asText, isObject, type Json, type JsonObject } from './json.ts';

/** One resource of a synthesized stack, before its intrinsics are resolved. */
export interface Resource {
  stack: string;
  id: string;
  type: string;
  /** `Stack.LogicalId`, unique over all stacks. */
  key: string;
  properties: JsonObject;
  metadata: JsonObject;
}

/** What a resource is called on this machine: the value of `Ref`, and of `Fn::GetAtt` by attribute name. */
export interface Naming {
  ref(resource: Resource): Json;
  attribute(resource: Resource, name: string): Json;
}

/** The stand-in account and region: nothing on this machine checks them, and names and ARNs need some. */
export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';

const pseudo: Readonly<Record<string, Json>> = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Region': REGION,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::NoValue': undefined,
};

interface Stack {
  name: string;
  template: JsonObject;
}

/** Every stack of a cloud assembly, and the values that its templates compute. */
export class Templates {
  readonly resources: readonly Resource[];
  readonly #byKey: ReadonlyMap<string, Resource>;
  readonly #stacks: ReadonlyMap<string, Stack>;
  readonly #naming: Naming;
  readonly #directory: string;

  constructor(directory: string, stacks: readonly Stack[], naming: Naming) {
    this.#directory = directory;
    this.#naming = naming;
    this.#stacks = new Map(stacks.map((stack) => [stack.name, stack]));
    this.resources = stacks.flatMap(({ name, template }) =>
      Object.entries(asObject(template.Resources)).flatMap(([id, body]) => {
        const { Type, Properties, Metadata, Condition } = asObject(body);
        if (Condition !== undefined && !this.#condition(name, asText(Condition))) return [];
        const key = `${name}.${id}`;
        return {
          stack: name,
          id,
          key,
          type: asText(Type),
          properties: asObject(Properties),
          metadata: asObject(Metadata),
        };
      }),
    );
    this.#byKey = new Map(this.resources.map((resource) => [resource.key, resource]));
  }

  /** Reads the stacks of a cloud assembly (`cdk.out`). */
  static read(directory: string, naming: Naming): Templates {
    const manifest = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as JsonObject;
    const stacks = Object.entries(asObject(manifest.artifacts)).flatMap(([name, artifact]) => {
      const { type, properties } = asObject(artifact);
      if (type !== 'aws:cloudformation:stack') return [];
      const file = join(directory, asText(asObject(properties).templateFile));
      return { name, template: JSON.parse(readFileSync(file, 'utf8')) as JsonObject };
    });
    return new Templates(directory, stacks, naming);
  }

  ofType(type: string): Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The properties of a resource with every intrinsic resolved. A property that cannot be resolved is a fault, by name. */
  resolved(resource: Resource): JsonObject {
    return asObject(this.resolve(resource.properties, resource.stack));
  }

  /** The folder of a function's code, by the key under which the stack's asset manifest would upload it. */
  assetOf(resource: Resource): string {
    const key = asText(asObject(this.resolved(resource).Code).S3Key);
    const file = join(this.#directory, `${resource.stack}.assets.json`);
    const { files } = JSON.parse(readFileSync(file, 'utf8')) as JsonObject;
    const source = asObject(asObject(asObject(files)[key.replace(/\.zip$/, '')]).source);
    const directory = join(this.#directory, asText(source.path));
    if (source.path === undefined || !existsSync(directory)) {
      throw new Error(`${resource.key}: no asset "${key}" in the cloud assembly (only zipped folders run here)`);
    }
    return directory;
  }

  resolve(value: Json, stack: string): Json {
    if (Array.isArray(value))
      return value.map((each) => this.resolve(each, stack)).filter((each) => each !== undefined);
    if (!isObject(value)) return value;
    const [name, ...more] = Object.keys(value);
    if (
      name !== undefined &&
      more.length === 0 &&
      (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'))
    ) {
      if (name !== 'Condition' || typeof value[name] !== 'object') return this.#intrinsic(name, value[name], stack);
    }
    const entries = Object.entries(value).map(([key, each]) => [key, this.resolve(each, stack)] as const);
    return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
  }

  #intrinsic(name: string, argument: Json, stack: string): Json {
    const list = (): Json[] => asArray(this.resolve(argument, stack));
    switch (name) {
      case 'Ref':
        return this.#ref(asText(argument), stack);
      case 'Fn::GetAtt': {
        const [id, ...path] = Array.isArray(argument) ? argument.map(asText) : asText(argument).split('.');
        return this.#attribute(id ?? '', path.join('.'), stack);
      }
      case 'Fn::Join': {
        const [separator, parts] = list();
        return asArray(parts).map(asText).join(asText(separator));
      }
      case 'Fn::Split': {
        const [separator, text] = list();
        return asText(text).split(asText(separator));
      }
      case 'Fn::Select': {
        const [index, from] = list();
        return asArray(from)[Number(index)];
      }
      case 'Fn::Sub':
        return this.#substitute(argument, stack);
      case 'Fn::ImportValue':
        return this.#import(asText(this.resolve(argument, stack)));
      case 'Fn::If': {
        const [condition, yes, no] = asArray(argument);
        return this.resolve(this.#condition(stack, asText(condition)) ? yes : no, stack);
      }
      case 'Fn::Equals': {
        const [left, right] = list();
        return asText(left) === asText(right);
      }
      case 'Fn::Not':
        return !list()[0];
      case 'Fn::And':
        return list().every(Boolean);
      case 'Fn::Or':
        return list().some(Boolean);
      case 'Condition':
        return this.#condition(stack, asText(argument));
      default:
        throw new Error(`${stack}: ${name} is not understood on this machine`);
    }
  }

  #ref(id: string, stack: string): Json {
    if (id in pseudo) return pseudo[id];
    if (id === 'AWS::StackName' || id === 'AWS::StackId') return stack;
    const resource = this.#byKey.get(`${stack}.${id}`);
    if (resource) return this.#naming.ref(resource);
    const parameter = asObject(asObject(this.#stacks.get(stack)?.template.Parameters)[id]);
    if (parameter.Default !== undefined) return parameter.Default;
    throw new Error(`${stack}: Ref to "${id}", which is neither a resource nor a parameter with a default`);
  }

  #attribute(id: string, name: string, stack: string): Json {
    const resource = this.#byKey.get(`${stack}.${id}`);
    if (resource === undefined)
      throw new Error(`${stack}: Fn::GetAtt of "${id}.${name}", and there is no such resource`);
    return this.#naming.attribute(resource, name);
  }

  #substitute(argument: Json, stack: string): string {
    const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
    const own = asObject(variables);
    return asText(text).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (name in own) return asText(this.resolve(own[name], stack));
      const [id, ...path] = name.split('.');
      return asText(path.length > 0 ? this.#attribute(id ?? '', path.join('.'), stack) : this.#ref(name, stack));
    });
  }

  #import(exported: string): Json {
    for (const { name, template } of this.#stacks.values()) {
      for (const output of Object.values(asObject(template.Outputs))) {
        const { Export, Value } = asObject(output);
        const as = asObject(Export).Name;
        if (as !== undefined && asText(this.resolve(as, name)) === exported) return this.resolve(Value, name);
      }
    }
    throw new Error(`Fn::ImportValue of "${exported}", which no stack exports`);
  }

  #condition(stack: string, name: string): boolean {
    const condition = asObject(this.#stacks.get(stack)?.template.Conditions)[name];
    if (condition === undefined) throw new Error(`${stack}: no condition "${name}"`);
    return Boolean(this.resolve(condition, stack));
  }
}

import { accessKeyOf, functionResources } from './functions.ts';
import { asArray, asObject, asText, type Json, type JsonObject } from './json.ts';
import { ACCOUNT, REGION, type Templates } from './template.ts';

/** One thing that a call does: an action on a resource, as IAM names them. */
interface Deed {
  action: string;
  resource: string;
}

/** Answers why a function may not make a call, or nothing when it may. `caller` is the access key that it signed with. */
export type Permissions = (caller: string, deeds: readonly Deed[]) => string | undefined;

/**
 * What the template's roles allow, by function. Only statements of the form that this project writes are understood: named
 * actions on named resources, no conditions, no denials; anything else allows nothing.
 */
export function permissionsOf(templates: Templates): Permissions {
  const policies = templates.ofType('AWS::IAM::Policy').map((policy) => templates.resolved(policy));
  const allowed = new Map<string, ReadonlySet<string>>();
  for (const resource of functionResources(templates)) {
    const role = asText(templates.resolved(resource).Role);
    const own = policies.filter(({ Roles }) => asArray(Roles).some((name) => role.includes(`:${asText(name)}/`)));
    const statements = own.flatMap(({ PolicyDocument }) => asArray(asObject(PolicyDocument).Statement).map(asObject));
    allowed.set(accessKeyOf(resource), new Set(statements.flatMap(pairsOf)));
  }
  return (caller, deeds) => {
    const denied = deeds.find(({ action, resource }) => !allowed.get(caller)?.has(`${action} ${resource}`));
    return denied && `${caller} is not authorized to perform: ${denied.action} on resource: ${denied.resource}`;
  };
}

function pairsOf({ Effect, Action, Resource, Condition }: JsonObject): string[] {
  if (Effect !== 'Allow' || Condition !== undefined) return [];
  const list = (value: Json): string[] => (Array.isArray(value) ? value.map(asText) : [asText(value)]);
  return list(Action).flatMap((action) => list(Resource).map((resource) => `${action} ${resource}`));
}

const table = (name: Json, index?: Json): string =>
  `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${asText(name)}${index === undefined ? '' : `/index/${asText(index)}`}`;

const STEPS: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/** What a call to DynamoDB does. A transaction needs the permission of each of its steps. */
export function databaseDeeds(operation: string, body: string): Deed[] {
  const call = JSON.parse(body) as JsonObject;
  if (operation.startsWith('Batch')) {
    return Object.keys(asObject(call.RequestItems)).map((name) => ({
      action: `dynamodb:${operation}`,
      resource: table(name),
    }));
  }
  if (operation.startsWith('Transact')) {
    return asArray(call.TransactItems).flatMap((item) =>
      Object.entries(asObject(item)).map(([step, of]) => ({
        action: `dynamodb:${STEPS[step] ?? step}`,
        resource: table(asObject(of).TableName),
      })),
    );
  }
  return [{ action: `dynamodb:${operation}`, resource: table(call.TableName, call.IndexName) }];
}

/** What a call to SNS does. */
export function topicDeeds(body: string): Deed[] {
  const call = new URLSearchParams(body);
  return [{ action: `sns:${call.get('Action')}`, resource: call.get('TopicArn') ?? call.get('PhoneNumber') ?? '*' }];
}

/** What a call to SQS does: a batch needs the permission of the single message. */
export function queueDeeds(operation: string, body: string): Deed[] {
  const { QueueUrl } = JSON.parse(body) as JsonObject;
  const name = asText(QueueUrl).split('/').at(-1);
  const action = `sqs:${operation.replace(/Batch$/, '')}`;
  return [{ action, resource: `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}` }];
}

/** Who signed a call: the access key in its Authorization header. Each function has its own. */
export const callerOf = (authorization: string | undefined): string =>
  /Credential=([^/]+)\//.exec(authorization ?? '')?.[1] ?? 'nobody';

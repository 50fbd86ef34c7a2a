import { CREDENTIALS } from './clients.ts';
import type { Service } from './faults.ts';
import { FunctionHost, type FunctionSpec } from './function-host.ts';
import { asNumber, asObject, asText } from './json.ts';
import type { Log } from './log.ts';
import { physicalName } from './resource-types.ts';
import { REGION, type Resource, type Templates } from './template.ts';

/** What differs from the cloud in a function's environment. */
export interface LocalEnvironment {
  endpoints: Readonly<Record<Service, string>>;
  sessionKeyFile: string;
  deviceKeyFile: string;
}

/** What webhooks are signed with on this machine, and what their stand-ins check. */
export const WEBHOOK_SECRET = 'stand-in';

/** The variables that stand on this machine for what only the cloud has. Each replaces the one that it is listed under. */
const standIns = (local: LocalEnvironment): Readonly<Record<string, Readonly<Record<string, string>>>> => ({
  SESSION_KEY_ID: { SESSION_PRIVATE_KEY_FILE: local.sessionKeyFile },
  DEVICE_KEY_ID: { DEVICE_PRIVATE_KEY_FILE: local.deviceKeyFile },
  WECHAT_BASE_URL: { WECHAT_BASE_URL: local.endpoints.wechat },
  WECHAT_SECRET_ARN: { WECHAT_SECRET: 'stand-in' },
  SMS_GATEWAY_URL: { SMS_GATEWAY_URL: local.endpoints.sms },
  SMS_GATEWAY_KEY_ARN: { SMS_GATEWAY_KEY: 'stand-in' },
  VOICE_GATEWAY_URL: { VOICE_GATEWAY_URL: local.endpoints.voice },
  PARTNER_GATEWAY_URL: { PARTNER_GATEWAY_URL: local.endpoints.partner },
  WEBHOOK_SECRET_ARN: { WEBHOOK_SECRET },
});

/** The environment that the template gives a function, with the stand-ins and the engines' addresses. */
export function environmentOf(
  templates: Templates,
  resource: Resource,
  local: LocalEnvironment,
): Record<string, string> {
  const variables = asObject(asObject(templates.resolved(resource).Environment).Variables);
  const replaced = standIns(local);
  const given = Object.entries(variables).flatMap(([name, value]) =>
    Object.entries(replaced[name] ?? { [name]: asText(value) }),
  );
  return {
    ...Object.fromEntries(given),
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: accessKeyOf(resource),
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: local.endpoints.dynamodb,
    AWS_ENDPOINT_URL_SNS: local.endpoints.sns,
    AWS_ENDPOINT_URL_SQS: local.endpoints.sqs,
    AWS_LAMBDA_FUNCTION_NAME: physicalName(resource),
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    TZ: 'UTC',
  };
}

/** A function's own access key, by which the proxy knows who calls. Letters and digits only: DynamoDB Local takes no others. */
export const accessKeyOf = (resource: Resource): string => physicalName(resource).replace(/[^A-Za-z0-9]/g, '');

/** Functions that serve CloudFormation itself (custom resources) have nothing to do here. */
export function functionResources(templates: Templates): Resource[] {
  const serving = new Set(
    templates.resources
      .filter(({ type }) => type.startsWith('Custom::'))
      .map((resource) => asText(templates.resolved(resource).ServiceToken)),
  );
  return templates.ofType('AWS::Lambda::Function').filter((resource) => !serving.has(functionArn(resource)));
}

export const functionArn = (resource: Resource): string =>
  `arn:aws:lambda:${REGION}:000000000000:function:${physicalName(resource)}`;

/** The function that an ARN names: plainly, with a version or alias behind it, or inside API Gateway's path. */
export function hostByArn(functions: ReadonlyMap<string, FunctionHost>, uri: string): FunctionHost | undefined {
  const arn = /^(?:.*\/functions\/)?(arn:[^:]+:lambda:[^:]+:[^:]+:function:[^:/]+)(?::[^:/]+)?(?:\/invocations)?$/.exec(
    uri,
  )?.[1];
  return arn === undefined ? undefined : functions.get(arn);
}

/** Starts every function. Answers them by ARN. */
export function startFunctions(templates: Templates, local: LocalEnvironment, log: Log): Map<string, FunctionHost> {
  return new Map(
    functionResources(templates).map((resource) => {
      const properties = templates.resolved(resource);
      const reserved = properties.ReservedConcurrentExecutions;
      const spec: FunctionSpec = {
        key: resource.key,
        name: shortName(resource.id),
        directory: templates.assetOf(resource),
        handler: asText(properties.Handler),
        memory: asNumber(properties.MemorySize, 128),
        timeoutMs: asNumber(properties.Timeout, 3) * 1000,
        environment: environmentOf(templates, resource, local),
        reservedConcurrency: reserved === undefined ? undefined : asNumber(reserved, 0),
        entry: resource.metadata['anxin:entry'] === undefined ? undefined : asText(resource.metadata['anxin:entry']),
      };
      return [functionArn(resource), new FunctionHost(spec, log)] as const;
    }),
  );
}

/** `MealsFunction1A2B3C4D` is `Meals`. */
const shortName = (id: string): string => id.replace(/[0-9A-F]{8}$/, '').replace(/Function$/, '') || id;

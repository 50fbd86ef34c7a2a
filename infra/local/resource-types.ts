import { unknownPatterns } from './event-filter.ts';
import { asArray, asObject, asText, type JsonObject } from './json.ts';
import { ACCOUNT, type Naming, REGION, type Resource } from './template.ts';

/** How this machine runs a type of resource: the properties that it honours, and those that it leaves out, with the reason. */
interface Runs {
  honours: readonly string[];
  leavesOut: Readonly<Record<string, string>>;
}

const CLOUD_ONLY = 'has a meaning in the cloud only';
const names = { Tags: CLOUD_ONLY, Description: 'words', Name: 'words' };

/** What runs here. A property in neither list is told loudly at start: nothing of a template is dropped in silence. */
const runs: Readonly<Record<string, Runs>> = {
  'AWS::DynamoDB::Table': {
    honours: [
      'KeySchema',
      'AttributeDefinitions',
      'GlobalSecondaryIndexes',
      'LocalSecondaryIndexes',
      'StreamSpecification',
      'TimeToLiveSpecification',
      'TableName',
    ],
    leavesOut: {
      BillingMode: 'this machine has no capacity to pay for',
      PointInTimeRecoverySpecification: 'the engine has no backups: copy the data folder',
      SSESpecification: 'the disk of this machine is not encrypted by the engine',
      DeletionProtectionEnabled: CLOUD_ONLY,
      Tags: CLOUD_ONLY,
    },
  },
  'AWS::SNS::Topic': {
    honours: ['TopicName'],
    leavesOut: { KmsMasterKeyId: 'not encrypted here', DisplayName: 'words', Tags: CLOUD_ONLY },
  },
  'AWS::SNS::Subscription': {
    honours: ['Protocol', 'TopicArn', 'Endpoint', 'FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery'],
    leavesOut: { RedrivePolicy: 'a delivery from topic to queue cannot fail inside one process', Region: CLOUD_ONLY },
  },
  'AWS::SQS::Queue': {
    honours: [
      'VisibilityTimeout',
      'MessageRetentionPeriod',
      'RedrivePolicy',
      'DelaySeconds',
      'ReceiveMessageWaitTimeSeconds',
      'QueueName',
      'FifoQueue',
      'ContentBasedDeduplication',
    ],
    leavesOut: {
      SqsManagedSseEnabled: 'not encrypted here',
      KmsMasterKeyId: 'not encrypted here',
      RedriveAllowPolicy: 'permission',
      Tags: CLOUD_ONLY,
    },
  },
  'AWS::Lambda::Function': {
    honours: [
      'Code',
      'Handler',
      'Environment',
      'Timeout',
      'MemorySize',
      'ReservedConcurrentExecutions',
      'FunctionName',
    ],
    leavesOut: {
      Role: 'permissions are checked only with --check-permissions',
      Runtime: 'functions run on this Node',
      Architectures: 'functions run on this processor',
      LoggingConfig: 'logs go to the terminal',
      TracingConfig: CLOUD_ONLY,
      Description: 'words',
      Tags: CLOUD_ONLY,
    },
  },
  'AWS::Lambda::Version': {
    honours: ['FunctionName'],
    leavesOut: { Description: 'words', CodeSha256: CLOUD_ONLY },
  },
  'AWS::Lambda::Alias': {
    honours: ['FunctionName', 'FunctionVersion', 'Name'],
    leavesOut: { ProvisionedConcurrencyConfig: 'a function here is always warm: one worker, up before the first call' },
  },
  'AWS::Lambda::EventSourceMapping': {
    honours: [
      'EventSourceArn',
      'FunctionName',
      'BatchSize',
      'MaximumBatchingWindowInSeconds',
      'BisectBatchOnFunctionError',
      'FunctionResponseTypes',
      'MaximumRetryAttempts',
      'MaximumRecordAgeInSeconds',
      'DestinationConfig',
      'FilterCriteria',
      'ScalingConfig',
    ],
    leavesOut: {
      StartingPosition: 'without a checkpoint reading begins at the stream’s start, which is LATEST on a new table',
      ParallelizationFactor: 'one batch at a time',
      Tags: CLOUD_ONLY,
    },
  },
  'AWS::Events::Rule': {
    honours: ['ScheduleExpression', 'Targets', 'State'],
    leavesOut: names,
  },
  'AWS::ApiGatewayV2::Api': {
    honours: ['ProtocolType', 'CorsConfiguration'],
    leavesOut: { ...names, DisableExecuteApiEndpoint: CLOUD_ONLY, Version: 'words' },
  },
  'AWS::ApiGatewayV2::Route': {
    honours: ['ApiId', 'RouteKey', 'Target', 'AuthorizationType'],
    leavesOut: { OperationName: 'words', ApiKeyRequired: CLOUD_ONLY },
  },
  'AWS::ApiGatewayV2::Integration': {
    honours: ['ApiId', 'IntegrationType', 'IntegrationUri', 'PayloadFormatVersion', 'TimeoutInMillis'],
    leavesOut: { IntegrationMethod: 'always POST for Lambda', Description: 'words' },
  },
  'AWS::ApiGatewayV2::Stage': {
    honours: ['ApiId', 'StageName', 'AutoDeploy'],
    leavesOut: {
      DefaultRouteSettings: 'requests are not throttled here',
      RouteSettings: 'requests are not throttled here',
      AccessLogSettings: 'requests are not logged here',
      ...names,
    },
  },
  'AWS::KMS::Key': { honours: [], leavesOut: { '*': 'a key file in the data folder stands for the signing key' } },
  'AWS::SecretsManager::Secret': {
    honours: [],
    leavesOut: { '*': 'functions get a stand-in secret as plain environment' },
  },
  'Custom::PublicKey': {
    honours: ['KeyId'],
    leavesOut: { ServiceToken: 'the key file’s public half is given instead' },
  },
};

/** What has no counterpart here on purpose, each with the reason. */
const leftOut: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': 'permissions are checked only with --check-permissions',
  'AWS::IAM::Policy': 'permissions are checked only with --check-permissions',
  'AWS::Lambda::Permission': 'who may call what from outside is not checked on this machine',
  'AWS::SNS::TopicPolicy': 'who may call what from outside is not checked on this machine',
  'AWS::SQS::QueuePolicy': 'who may call what from outside is not checked on this machine',
  'AWS::KMS::Alias': 'a name',
  'AWS::Logs::LogGroup': 'logs go to the terminal',
  'AWS::Logs::MetricFilter': 'there are no metrics on this machine',
  'AWS::Lambda::EventInvokeConfig': 'a scheduled run that fails here is told, and comes again at its next time',
  'AWS::ApplicationAutoScaling::ScalableTarget': 'one worker serves all invocations of a function here',
  'AWS::ApplicationAutoScaling::ScalingPolicy': 'one worker serves all invocations of a function here',
  'AWS::CloudWatch::Alarm': 'there are no metrics on this machine',
  'AWS::CloudWatch::Dashboard': 'there are no metrics on this machine',
  'AWS::CDK::Metadata': 'figures for the makers of CDK',
};

/** Everything that a template asks for and this machine does not do: one sentence each, to be told loudly. */
export function whatCannotRun(resources: readonly Resource[]): string[] {
  return resources.flatMap((resource) => {
    const { type, key, properties } = resource;
    if (type in leftOut) return [];
    const run = runs[type];
    if (run === undefined) return [`${type} ${key}: this machine cannot run it; the system goes on without it`];
    if ('*' in run.leavesOut) return [];
    const unknown = Object.keys(properties).filter((name) => !run.honours.includes(name) && !(name in run.leavesOut));
    return [
      ...unknown.map((name) => `${type} ${key}: its property ${name} has no effect on this machine`),
      ...limits(type, key, properties),
    ];
  });
}

const isQueue = (mapping: JsonObject): boolean => mapping.StartingPosition === undefined;

/** Values of honoured properties that this machine cannot follow. */
function limits(type: string, key: string, properties: JsonObject): string[] {
  const says = (when: boolean, words: string): string[] => (when ? [`${type} ${key}: ${words}`] : []);
  switch (type) {
    case 'AWS::SNS::Subscription':
      return says(properties.Protocol !== 'sqs', `nothing is delivered by the protocol ${properties.Protocol}`);
    case 'AWS::Lambda::EventSourceMapping':
      return [
        ...unknownPatterns(properties).map((pattern) => `${type} ${key}: every event passes its filter ${pattern}`),
        ...says(isQueue(properties) && properties.FilterCriteria !== undefined, 'a queue’s filter is not applied'),
      ];
    case 'AWS::ApiGatewayV2::Api':
      return says(properties.ProtocolType !== 'HTTP', `only HTTP APIs run here, not ${properties.ProtocolType}`);
    case 'AWS::ApiGatewayV2::Route':
      return says(
        properties.AuthorizationType !== undefined && properties.AuthorizationType !== 'NONE',
        `the authorizer is not asked: ${properties.AuthorizationType}`,
      );
    case 'AWS::Events::Rule':
      return asArray(properties.Targets).flatMap((target) =>
        Object.keys(asObject(target))
          .filter((name) => !['Arn', 'Id', 'Input', 'RetryPolicy', 'DeadLetterConfig'].includes(name))
          .map((name) => `${type} ${key}: a target's ${name} has no effect on this machine`),
      );
    default:
      return [];
  }
}

/** A name that stays the same from start to start: data is found again by it. */
export const physicalName = (resource: Resource): string => `${resource.stack}-${resource.id}`.slice(-80);

const arn = (service: string, rest: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;

export interface LocalNames {
  /** Addresses by ARN, known once the queues are created. */
  queues: ReadonlyMap<string, string>;
  /** Addresses of the HTTP APIs by their keys (`Stack.LogicalId`), known once they listen. */
  apis?: ReadonlyMap<string, string>;
  /** The session key's public half (PEM). */
  publicKey: string;
  /** The device key's, where it is another. */
  devicePublicKey?: string;
}

/** What things are called here. */
export function localNaming({ queues, apis, publicKey, devicePublicKey }: LocalNames): Naming {
  return {
    ref(resource) {
      const name = physicalName(resource);
      if (resource.type === 'AWS::SQS::Queue') return queues.get(arn('sqs', queueName(resource)));
      if (resource.type === 'AWS::SNS::Topic') return arn('sns', name);
      if (resource.type === 'AWS::Lambda::Alias') return `${functionOf(resource)}:${asText(resource.properties.Name)}`;
      if (resource.type === 'AWS::Lambda::Version') return `${functionOf(resource)}:${VERSION}`;
      if (resource.type === 'AWS::SecretsManager::Secret') return arn('secretsmanager', `secret:${name}`);
      return name;
    },
    attribute(resource, attribute) {
      const name = physicalName(resource);
      switch (`${resource.type} ${attribute}`) {
        case 'AWS::DynamoDB::Table Arn':
          return arn('dynamodb', `table/${name}`);
        case 'AWS::DynamoDB::Table StreamArn':
          return arn('dynamodb', `table/${name}/stream/local`);
        case 'AWS::SQS::Queue Arn':
          return arn('sqs', queueName(resource));
        case 'AWS::SQS::Queue QueueName':
          return queueName(resource);
        case 'AWS::SNS::Topic TopicName':
          return name;
        case 'AWS::Lambda::Function Arn':
          return arn('lambda', `function:${name}`);
        case 'AWS::Lambda::Version Version':
          return VERSION;
        case 'AWS::ApiGatewayV2::Api ApiEndpoint':
          return apis?.get(resource.key) ?? `http://localhost/${name}`;
        case 'Custom::PublicKey Pem':
          return /^Device/.test(resource.id) ? (devicePublicKey ?? publicKey) : publicKey;
        case 'AWS::KMS::Key Arn':
          return arn('kms', `key/${name}`);
        default:
          // Only what is left out on purpose may be named vaguely: nothing here reads its ARN.
          if (resource.type in leftOut || attribute === 'Arn') return arn('local', `${name}/${attribute}`);
          throw new Error(`${resource.key}: Fn::GetAtt ${attribute} of ${resource.type} is not known on this machine`);
      }
    },
  };
}

/** There is only the newest version of a function here. */
const VERSION = '1';
/** The ARN of the function that a version or alias belongs to. */
const functionOf = (resource: Resource): string =>
  arn(
    'lambda',
    `function:${physicalName({ ...resource, id: asText(asObject(resource.properties.FunctionName).Ref) })}`,
  );

export const queueName = (resource: Resource): string =>
  resource.properties.FifoQueue === true ? `${physicalName(resource).slice(-75)}.fifo` : physicalName(resource);

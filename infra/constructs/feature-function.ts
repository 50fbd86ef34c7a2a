import { join } from 'node:path';
import { type CfnResource, Duration, Stack, Stage } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { StageSettings } from '../stage-settings.ts';
import { bundle } from './bundle.ts';
import { INDEXES } from './feature-table.ts';

type TableAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'BatchWriteItem'
  | 'ConditionCheckItem';

export interface FeatureFunctionProps {
  settings: StageSettings;
  /** The handler's file from the root of the project: `functions/meals/api.ts`. It exports `handler`. */
  entry: string;
  description: string;
  timeout: Duration;
  /** MB; CPU grows with it (1 769 MB is one whole core). */
  memory?: number;
  reservedConcurrency?: number;
  /** Files laid beside the bundle, name → text. */
  files?: Readonly<Record<string, string>>;
  environment?: Readonly<Record<string, string>>;
}

/**
 * One Lambda function: bundled the one way (`bundle.ts`), Node 24 on ARM, its own role that may write its own log and nothing
 * else until a `uses…` line says so. Each such line gives one resource's name to the function as an environment variable and
 * the named actions on that resource alone.
 */
export class FeatureFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly logGroup: LogGroup;
  readonly #role: Role;

  constructor(scope: Construct, id: string, props: FeatureFunctionProps) {
    super(scope, id);
    const { settings } = props;
    this.logGroup = new LogGroup(this, 'Log', { retention: settings.logRetention, removalPolicy: settings.removal });
    this.#role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `What ${props.entry} may do`,
    });
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [this.logGroup.logGroupArn]);

    const outdir = Stage.of(this)?.outdir ?? 'cdk.out';
    const name = props.entry.replace(/\.ts$/, '').replaceAll('/', '-');
    const { directory } = bundle(props.entry, join(outdir, 'bundles', name), props.files);
    this.lambda = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(directory),
      memorySize: props.memory ?? 1024,
      timeout: props.timeout,
      role: this.#role,
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      // X-Ray does not work with Lambda in the China regions.
      tracing: Tracing.DISABLED,
      environment: {
        STAGE: settings.name,
        POWERTOOLS_SERVICE_NAME: props.entry.replace(/^functions\/|\.ts$/g, ''),
        ...props.environment,
      },
      ...(props.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: props.reservedConcurrency }),
    });
    // The local cloud bundles this file anew when it changes.
    (this.lambda.node.defaultChild as CfnResource).addMetadata('anxin:entry', props.entry);
  }

  /** Lets the function use a table by the named actions. `Query` covers the table's two indexes too. */
  usesTable(table: Table, variable: string, actions: readonly TableAction[]): this {
    const indexes = actions.includes('Query') ? INDEXES.map((index) => `${table.tableArn}/index/${index}`) : [];
    const named = actions.map((action) => `dynamodb:${action}`);
    return this.knows(variable, table.tableName).allow(named, [table.tableArn, ...indexes]);
  }

  usesTopic(topic: ITopic, variable: string, actions: readonly 'Publish'[]): this {
    return this.knows(variable, topic.topicArn).allow(
      actions.map((action) => `sns:${action}`),
      [topic.topicArn],
    );
  }

  usesQueue(queue: IQueue, variable: string, actions: readonly 'SendMessage'[]): this {
    return this.knows(variable, queue.queueUrl).allow(
      actions.map((action) => `sqs:${action}`),
      [queue.queueArn],
    );
  }

  /** Gives the function several queues as JSON, name → address. */
  usesQueues(queues: Readonly<Record<string, IQueue>>, variable: string, actions: readonly 'SendMessage'[]): this {
    const addresses = Object.fromEntries(Object.entries(queues).map(([name, { queueUrl }]) => [name, queueUrl]));
    return this.knows(variable, Stack.of(this).toJsonString(addresses)).allow(
      actions.map((action) => `sqs:${action}`),
      Object.values(queues).map(({ queueArn }) => queueArn),
    );
  }

  usesKey(key: IKey, variable: string, actions: readonly ('Sign' | 'GetPublicKey')[]): this {
    return this.knows(variable, key.keyId).allow(
      actions.map((action) => `kms:${action}`),
      [key.keyArn],
    );
  }

  usesSecret(secret: Secret, variable: string, actions: readonly 'GetSecretValue'[]): this {
    return this.knows(variable, secret.secretArn).allow(
      actions.map((action) => `secretsmanager:${action}`),
      [secret.secretArn],
    );
  }

  /** Gives the function a plain value. */
  knows(variable: string, value: string): this {
    this.lambda.addEnvironment(variable, value);
    return this;
  }

  /** Grants named actions on named resources; the `uses…` lines are built on it. */
  allow(actions: readonly string[], resources: readonly string[]): this {
    this.#role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
    return this;
  }
}

/** The time limits in use, seconds: a request answers within API Gateway's 30; an event has a minute; a schedule a quarter of an hour. */
export const timeLimits = {
  request: Duration.seconds(15),
  event: Duration.seconds(60),
  schedule: Duration.minutes(15),
} as const;

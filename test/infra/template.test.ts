import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { pressKey } from '../../functions/alerts/keys.ts';
import { elderKey } from '../../functions/elders/elder-record.ts';
import { orderKey } from '../../functions/meals/keys.ts';
import { personKey } from '../../functions/sessions/keys.ts';
import { asArray, asObject, asText, type JsonObject } from '../../infra/local/json.ts';
import { localNaming } from '../../infra/local/resource-types.ts';
import { Templates } from '../../infra/local/template.ts';
import { ROLES } from '../../shared/contracts/roles.ts';
import { API_OF, type Feature, type Route } from '../../shared/route.ts';
import { routes } from '../../shared/routes.ts';
import { CHINA, GLOBAL, type Synthesized, statementsOf, synthesized } from './synthesized.ts';

const table: Record<string, Route> = routes;
const KB = 1024;

/** The file that answers the routes of a feature. */
const ENTRIES: Readonly<Record<Feature, string>> = {
  sessions: 'functions/sessions/api.ts',
  elders: 'functions/elders/api.ts',
  meals: 'functions/meals/api.ts',
  'raise-alert': 'functions/alerts/raise/api.ts',
  alerts: 'functions/alerts/answer/api.ts',
  circle: 'functions/alerts/circle/api.ts',
};

describe.each([
  ['a global region', GLOBAL],
  ['a region in China', CHINA],
])('the template for %s', (_, context) => {
  let made: Synthesized;
  beforeAll(async () => {
    made = await synthesized(context);
  });

  describe('routes', () => {
    it('has exactly the routes of the route table, each in the API of its feature', () => {
      const routesMade = Object.entries(made.ofType('AWS::ApiGatewayV2::Route'));
      const keys = routesMade.map(([id, { RouteKey }]) => `${id.split('.')[0]} ${RouteKey}`);
      expect(keys.sort()).toEqual(
        Object.values(table)
          .map(({ key, feature }) => `${API_OF[feature]} ${key}`)
          .sort(),
      );
    });

    it('answers each route by the function of its feature', () => {
      const templates = Templates.read(made.directory, localNaming({ queues: new Map(), publicKey: 'PEM' }));
      const integrations = new Map(
        templates
          .ofType('AWS::ApiGatewayV2::Integration')
          .map((each) => [`integrations/${asText(templates.resolve({ Ref: each.id }, each.stack))}`, each]),
      );
      const entries = new Map(
        templates
          .ofType('AWS::Lambda::Function')
          .map((each) => [
            templates.resolve({ 'Fn::GetAtt': [each.id, 'Arn'] }, each.stack),
            each.metadata['anxin:entry'],
          ]),
      );
      for (const route of templates.ofType('AWS::ApiGatewayV2::Route')) {
        const { RouteKey, Target } = templates.resolved(route);
        const integration = integrations.get(asText(Target));
        const { feature } = Object.values(table).find(({ key }) => key === RouteKey) ?? {};
        expect(integration, asText(RouteKey)).toBeDefined();
        const uri = asText(integration && templates.resolved(integration).IntegrationUri).replace(/:live$/, '');
        expect(entries.get(uri), asText(RouteKey)).toBe(ENTRIES[feature as Feature]);
      }
    });

    it('names a known role for every route that is not public', () => {
      for (const [name, { role }] of Object.entries(table)) {
        if (role === 'public') continue;
        expect(role.length, name).toBeGreaterThan(0);
        for (const each of role) expect([...ROLES, 'device'], name).toContain(each);
      }
    });

    it('is throttled, logged, and open to named web pages only', () => {
      const stages = Object.values(made.ofType('AWS::ApiGatewayV2::Stage'));
      expect(stages).toHaveLength(2);
      for (const stage of stages) {
        expect(asObject(stage.DefaultRouteSettings).ThrottlingRateLimit).toBeGreaterThan(0);
        expect(stage.AccessLogSettings).toBeDefined();
      }
      for (const api of Object.values(made.ofType('AWS::ApiGatewayV2::Api'))) {
        const { AllowOrigins, AllowCredentials } = asObject(api.CorsConfiguration);
        expect(AllowOrigins).not.toContain('*');
        expect(AllowCredentials).toBeUndefined();
      }
    });
  });

  describe('permissions', () => {
    it('grants no action by wildcard', () => {
      const statements = statementsOf(made);
      expect(statements.length).toBeGreaterThan(5);
      for (const { Action } of statements) {
        for (const action of Array.isArray(Action) ? Action : [Action]) expect(asText(action)).not.toContain('*');
      }
    });

    it('grants nothing on every resource', () => {
      for (const { Resource } of statementsOf(made)) {
        for (const resource of Array.isArray(Resource) ? Resource : [Resource]) {
          expect(JSON.stringify(resource)).not.toContain('*');
        }
      }
    });

    it('lets only the sessions function sign in AnxinApi', () => {
      const signing = Object.entries(made.ofType('AWS::IAM::Policy')).filter(
        ([id, policy]) => id.startsWith('AnxinApi.') && JSON.stringify(policy).includes('kms:Sign'),
      );
      expect(signing.map(([id]) => id)).toEqual([expect.stringContaining('AnxinApi.Sessions')]);
    });

    it('lets nobody but the meals API and its workers write meals, and none of them elders', () => {
      for (const [id, policy] of Object.entries(made.ofType('AWS::IAM::Policy'))) {
        for (const { Action, Resource } of asArray(asObject(policy.PolicyDocument).Statement).map(asObject)) {
          const writes = /PutItem|UpdateItem|DeleteItem/.test(JSON.stringify(Action));
          if (writes && JSON.stringify(Resource).includes('Elders')) expect(id).toContain('AnxinApi.Elders');
          if (writes && JSON.stringify(Resource).includes('Sessions')) expect(id).toContain('AnxinApi.Sessions');
        }
      }
    });
  });

  describe('data', () => {
    it('keeps each table recoverable, encrypted, streamed, expiring and protected', () => {
      const tables = Object.values(made.ofType('AWS::DynamoDB::Table'));
      expect(tables).toHaveLength(4);
      for (const properties of tables) {
        expect(asObject(properties.PointInTimeRecoverySpecification).PointInTimeRecoveryEnabled).toBe(true);
        expect(asObject(properties.SSESpecification).SSEEnabled).toBe(true);
        expect(asObject(properties.StreamSpecification).StreamViewType).toBe('NEW_AND_OLD_IMAGES');
        expect(properties.TimeToLiveSpecification).toEqual({ AttributeName: 'ttl', Enabled: true });
        expect(properties.DeletionProtectionEnabled).toBe(true);
        expect(properties.BillingMode).toBe('PAY_PER_REQUEST');
      }
    });

    it('keeps tables and keys when a production stack is deleted', () => {
      for (const { Resources } of Object.values(made.stacks)) {
        for (const resource of Object.values(asObject(Resources)).map(asObject)) {
          const { Type, DeletionPolicy } = resource;
          if (Type === 'AWS::DynamoDB::Table' || Type === 'AWS::KMS::Key') expect(DeletionPolicy).toBe('Retain');
        }
      }
    });

    it('signs sessions and devices’ tokens with an RSA key each that only signs', () => {
      const keys = Object.entries(made.ofType('AWS::KMS::Key')).filter(
        ([, { KeyUsage }]) => KeyUsage === 'SIGN_VERIFY',
      );
      expect(keys.map(([id]) => id.split('.')[0]).sort()).toEqual(['AnxinAlerts', 'AnxinData']);
      for (const [, { KeySpec }] of keys) expect(KeySpec).toBe('RSA_2048');
    });

    it('encrypts every queue and topic', () => {
      for (const queue of Object.values(made.ofType('AWS::SQS::Queue'))) {
        expect(queue.SqsManagedSseEnabled ?? queue.KmsMasterKeyId).toBeTruthy();
      }
      for (const topic of Object.values(made.ofType('AWS::SNS::Topic'))) expect(topic.KmsMasterKeyId).toBeDefined();
    });
  });

  describe('events', () => {
    it('gives every queue dead letters, and every queue of dead letters an alarm', () => {
      const queues = made.ofType('AWS::SQS::Queue');
      const alarms = Object.values(made.ofType('AWS::CloudWatch::Alarm'));
      const target = (queue: JsonObject): string => JSON.stringify(asObject(queue.RedrivePolicy).deadLetterTargetArn);
      for (const [key, queue] of Object.entries(queues)) {
        const id = key.split('.')[1] ?? '';
        if (queue.RedrivePolicy) {
          const dead = Object.keys(queues).find((each) => target(queue).includes(each.split('.')[1] ?? '?'));
          expect(dead, `${key} has dead letters`).toBeDefined();
          continue;
        }
        const rings = alarms.some(
          (alarm) => asText(alarm.AlarmName).includes('dead-letters') && JSON.stringify(alarm.Dimensions).includes(id),
        );
        expect(rings, `${key} has no dead letters of its own, so it must be dead letters with an alarm`).toBe(true);
      }
    });

    it('splits a failed batch of a stream, reports single records, and ends with dead letters', () => {
      const mappings = Object.values(made.ofType('AWS::Lambda::EventSourceMapping'));
      const streams = mappings.filter(({ StartingPosition }) => StartingPosition !== undefined);
      expect(streams.length).toBeGreaterThanOrEqual(2);
      for (const stream of streams) {
        expect(stream.BisectBatchOnFunctionError).toBe(true);
        expect(stream.MaximumRetryAttempts).toBeGreaterThan(0);
        expect(stream.MaximumRecordAgeInSeconds).toBeLessThan(24 * 60 * 60);
        expect(asObject(asObject(stream.DestinationConfig).OnFailure).Destination).toBeDefined();
      }
      for (const mapping of mappings) expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    });

    it('hands a stream’s function the changes of one kind of item alone', () => {
      const patterns = Object.values(made.ofType('AWS::Lambda::EventSourceMapping')).flatMap(({ FilterCriteria }) =>
        asArray(asObject(FilterCriteria).Filters).map((filter) => asText(asObject(filter).Pattern)),
      );
      const sortKey = (S: string, more: object = {}): string =>
        JSON.stringify({ ...more, dynamodb: { Keys: { sk: { S: [S] } } } });
      expect(patterns.sort()).toEqual(
        [
          sortKey(elderKey('').sk),
          sortKey(orderKey('').sk),
          sortKey(personKey('').sk),
          sortKey(pressKey('').sk, { eventName: ['INSERT'] }),
        ].sort(),
      );
    });

    it('gives every schedule retries and dead letters', () => {
      const rules = Object.values(made.ofType('AWS::Events::Rule'));
      expect(rules).toHaveLength(6);
      for (const { Targets } of rules) {
        for (const target of asArray(Targets).map(asObject)) {
          expect(asObject(target.DeadLetterConfig).Arn).toBeDefined();
          expect(asObject(target.RetryPolicy).MaximumRetryAttempts).toBeGreaterThan(0);
        }
      }
    });

    it('fills standing orders at five in the morning in China', () => {
      const expressions = Object.values(made.ofType('AWS::Events::Rule')).map(
        ({ ScheduleExpression }) => ScheduleExpression,
      );
      expect(expressions).toContain('cron(0 21 * * ? *)'); // 21:00 UTC is 05:00 the next day at UTC+8
    });

    it('hands deaths, pauses and returns of elders, and nothing else, to the meals', () => {
      const [subscription, ...more] = Object.entries(made.ofType('AWS::SNS::Subscription'))
        .filter(([id]) => id.startsWith('AnxinApi.'))
        .map(([, properties]) => properties);
      expect(more).toEqual([]);
      expect(subscription?.FilterPolicy).toEqual({ type: ['elder-died', 'elder-paused', 'elder-resumed'] });
    });
  });

  describe('functions', () => {
    const assets = (): { id: string; properties: JsonObject; directory: string }[] => {
      const templates = Templates.read(made.directory, localNaming({ queues: new Map(), publicKey: 'PEM' }));
      return templates
        .ofType('AWS::Lambda::Function')
        .map((each) => ({ id: each.id, properties: each.properties, directory: templates.assetOf(each) }));
    };

    it('run on Node 24 on ARM, with a time limit, and without X-Ray', () => {
      for (const properties of Object.values(made.ofType('AWS::Lambda::Function'))) {
        expect(properties.Runtime).toBe('nodejs24.x');
        expect(properties.Architectures).toEqual(['arm64']);
        expect(properties.Timeout).toBeGreaterThan(3);
        expect(properties.TracingConfig).toBeUndefined();
      }
    });

    it('answer a request before the gateway gives up on it', () => {
      const limits = assets().filter(({ directory }) => existsSync(join(directory, 'index.js')));
      expect(limits.length).toBeGreaterThan(0);
      for (const [id, { Timeout, Description }] of Object.entries(made.ofType('AWS::Lambda::Function'))) {
        if (/^Anxin(Api\.(Sessions|Elders|Meals)|Alerts\.(Raise|Answer|Circle))Function/.test(id))
          expect(Timeout, asText(Description)).toBeLessThan(30);
      }
    });

    it('weigh no more than 600 KB each', () => {
      for (const { id, directory } of assets()) {
        expect(statSync(join(directory, 'index.js')).size / KB, id).toBeLessThanOrEqual(600);
      }
    });

    it('carry the compiled policies where they price', () => {
      const policies = readdirSync('shared/policies').filter((name) => name.endsWith('.json'));
      for (const { id, directory } of assets().filter((each) => each.id.startsWith('Meals'))) {
        const compiled = JSON.parse(readFileSync(join(directory, 'policies.json'), 'utf8')) as unknown[];
        expect(compiled.length, id).toBe(policies.length);
      }
    });

    it('keep their logs for a set time only', () => {
      const groups = Object.values(made.ofType('AWS::Logs::LogGroup'));
      expect(groups.length).toBeGreaterThan(0);
      for (const { RetentionInDays } of groups) expect(RetentionInDays).toBeGreaterThan(0);
      for (const { LoggingConfig } of Object.values(made.ofType('AWS::Lambda::Function'))) {
        expect(asObject(LoggingConfig).LogGroup).toBeDefined();
      }
    });

    it('hold no secret in their environment', () => {
      for (const { Environment } of Object.values(made.ofType('AWS::Lambda::Function'))) {
        const variables = asObject(asObject(Environment).Variables);
        expect(JSON.stringify(variables)).not.toContain('resolve:secretsmanager');
        for (const name of Object.keys(variables)) expect(name).not.toMatch(/SECRET$|PASSWORD|PRIVATE/);
      }
    });
  });
});

describe('China', () => {
  let made: Synthesized;
  beforeAll(async () => {
    made = await synthesized(CHINA);
  });

  it('has no ARN outside its partition', () => {
    expect(made.text).not.toContain('arn:aws:');
  });

  it('uses nothing that its regions lack', () => {
    const types = new Set(
      Object.values(made.stacks).flatMap(({ Resources }) =>
        Object.values(asObject(Resources)).map((each) => asObject(each).Type),
      ),
    );
    for (const type of types) expect(asText(type)).not.toMatch(/^AWS::(XRay|Cognito|Lambda::Url|Scheduler|Pipes)/);
    for (const { Protocol } of Object.values(made.ofType('AWS::SNS::Subscription'))) expect(Protocol).not.toBe('sms');
    expect(JSON.stringify(statementsOf(made))).not.toMatch(/xray:|cognito/);
  });
});

describe('text messages', () => {
  it('go by SNS outside China where no gateway is named, and only then may a function publish to a phone', async () => {
    const made = await synthesized({ ...GLOBAL, smsGatewayUrl: 'none' });
    const everywhere = statementsOf(made).filter(({ Resource }) => Resource === '*');
    // The one-time codes, and the channel of text messages.
    expect(everywhere.map(({ Action }) => Action)).toEqual(['sns:Publish', 'sns:Publish']);
    expect(JSON.stringify(made.ofType('AWS::Lambda::Function'))).not.toContain('SMS_GATEWAY');
  });

  it('need a gateway in China, and its absence is told in plain words', async () => {
    await expect(synthesized({ ...CHINA, smsGatewayUrl: 'none' })).rejects.toThrow(
      'SNS sends no text messages in cn-north-1',
    );
  });
});

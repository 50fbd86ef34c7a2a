import { statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { MOST_ATTEMPTS } from '../../functions/alerts/channels/attempts.ts';
import { LEASE_MS } from '../../functions/alerts/channels/ledger.ts';
import { asArray, asNumber, asObject, asText, isObject, type Json, type JsonObject } from '../../infra/local/json.ts';
import { localNaming } from '../../infra/local/resource-types.ts';
import { Templates } from '../../infra/local/template.ts';
import { CHANNELS } from '../../shared/contracts/alerts.ts';
import { raiseRoutes } from '../../shared/routes/alerts.ts';
import { CHINA, GLOBAL, type StackName, type Synthesized, synthesized } from './synthesized.ts';

const RAISE = raiseRoutes.raiseAlert.key;
const HOUR_SECONDS = 60 * 60;

/** Every value under a key of this name, anywhere in a template. */
function* all(name: string, value: Json): Generator<Json> {
  if (Array.isArray(value)) for (const each of value) yield* all(name, each);
  else if (isObject(value)) {
    for (const [key, each] of Object.entries(value)) {
      if (key === name) yield each;
      yield* all(name, each);
    }
  }
}

describe.each([
  ['a global region', GLOBAL],
  ['a region in China', CHINA],
])('AnxinAlerts in %s', (_, context) => {
  let made: Synthesized;
  let templates: Templates;
  const own = (type: string): [string, JsonObject][] =>
    Object.entries(made.ofType(type))
      .filter(([id]) => id.startsWith('AnxinAlerts.'))
      .map(([id, properties]) => [id.slice('AnxinAlerts.'.length), properties]);
  const imports = (stack: StackName): string[] => [...all('Fn::ImportValue', made.stacks[stack])].map(asText);
  const functionsOf = (): [string, JsonObject][] =>
    own('AWS::Lambda::Function').filter(([id]) => !/PublicKeyReader/.test(id));
  /** What the role of a function allows: `action` on resources as text. */
  const allowed = (name: string): { action: string; on: string }[] =>
    own('AWS::IAM::Policy')
      .filter(([id]) => id.startsWith(`${name}Role`))
      .flatMap(([, { PolicyDocument }]) => asArray(asObject(PolicyDocument).Statement).map(asObject))
      .flatMap(({ Action, Resource }) =>
        (Array.isArray(Action) ? Action : [Action]).map((action) => ({
          action: asText(action),
          on: JSON.stringify(Resource),
        })),
      );

  beforeAll(async () => {
    made = await synthesized(context);
    templates = Templates.read(made.directory, localNaming({ queues: new Map(), publicKey: 'PEM' }));
  });

  describe('stands apart', () => {
    it('and takes from AnxinData alone', () => {
      expect(imports('AnxinAlerts').length).toBeGreaterThan(0);
      for (const name of imports('AnxinAlerts')) expect(name).toMatch(/^AnxinData:/);
    });

    it('and neither AnxinApi nor AnxinWatch takes anything of it, so that it can change, or go, without them', () => {
      for (const stack of ['AnxinApi', 'AnxinWatch', 'AnxinData'] as const) {
        for (const name of imports(stack)) expect(name, stack).toMatch(/^AnxinData:/);
      }
      expect(imports('AnxinData')).toEqual([]);
    });

    it('and of what AnxinApi takes too there is only the key of sessions, what tells of elders, two outside secrets and the alarms', () => {
      const api = new Set(imports('AnxinApi'));
      const shared = new Set(imports('AnxinAlerts').filter((name) => api.has(name)));
      const kinds = [...shared].map((name) => /(?:Ref|FnGetAtt)([A-Za-z]+?)[0-9A-F]{8}/.exec(name)?.[1]).sort();
      expect([...new Set(kinds)]).toEqual([
        'AlarmsTopic',
        'DomainEvents',
        'SessionKey',
        'SmsGatewayKey',
        'WechatSecret',
      ]);
    });

    it('and neither reads a table of the others nor is read by them', () => {
      expect(imports('AnxinAlerts').filter((name) => /Elders|Meals|Sessions[0-9A-F]/.test(name))).toEqual([]);
      expect(own('AWS::DynamoDB::Table')).toHaveLength(1);
    });

    it('and every one of its functions has room of its own', () => {
      expect(functionsOf().length).toBeGreaterThan(12);
      for (const [id, { ReservedConcurrentExecutions }] of functionsOf())
        expect(asNumber(ReservedConcurrentExecutions, 0), id).toBeGreaterThan(0);
    });

    it('and its room leaves the rest of an ordinary account half of what there is', () => {
      const room = functionsOf().reduce((sum, [, fn]) => sum + asNumber(fn.ReservedConcurrentExecutions, 0), 0);
      expect(room).toBeLessThanOrEqual(700);
    });
  });

  describe('raises an alert', () => {
    const alias = (): JsonObject => {
      const [made, ...more] = own('AWS::Lambda::Alias');
      if (made === undefined || more.length > 0) throw new Error('one alias is wanted');
      return made[1];
    };

    it('by the alias that is kept warm, and by nothing else', () => {
      const route = templates
        .ofType('AWS::ApiGatewayV2::Route')
        .find(({ properties }) => properties.RouteKey === RAISE);
      const target = asText(route && templates.resolved(route).Target).replace('integrations/', '');
      const integration = templates
        .ofType('AWS::ApiGatewayV2::Integration')
        .find((each) => each.stack === 'AnxinAlerts' && templates.resolve({ Ref: each.id }, each.stack) === target);
      const [[aliasId] = ['']] = own('AWS::Lambda::Alias');
      expect(integration?.properties.IntegrationUri).toEqual({ Ref: aliasId });
      expect(asObject(alias().ProvisionedConcurrencyConfig).ProvisionedConcurrentExecutions).toBeGreaterThanOrEqual(2);
      expect(alias().Name).toBe('live');
      expect(asText(asObject(alias().FunctionName).Ref)).toMatch(/^RaiseFunction/);
    });

    it('and more of it is warmed when it is in use, never beyond the room that it has', () => {
      const [[, target] = ['', {}]] = own('AWS::ApplicationAutoScaling::ScalableTarget');
      const [[, policy] = ['', {}]] = own('AWS::ApplicationAutoScaling::ScalingPolicy');
      const [[, raise] = ['', {}]] = functionsOf().filter(([id]) => id.startsWith('RaiseFunction'));
      expect(target.ScalableDimension).toBe('lambda:function:ProvisionedConcurrency');
      const least = asNumber(asObject(alias().ProvisionedConcurrencyConfig).ProvisionedConcurrentExecutions, 0);
      expect(target.MinCapacity).toBe(least);
      expect(asNumber(target.MaxCapacity, 0)).toBeGreaterThan(least);
      expect(asNumber(target.MaxCapacity, 0)).toBeLessThanOrEqual(asNumber(raise.ReservedConcurrentExecutions, 0));
      const tracking = asObject(policy.TargetTrackingScalingPolicyConfiguration);
      expect(asObject(tracking.PredefinedMetricSpecification).PredefinedMetricType).toBe(
        'LambdaProvisionedConcurrencyUtilization',
      );
      expect(asNumber(tracking.TargetValue, 1)).toBeLessThan(0.8);
    });

    it('at the rate of the whole account: no other limit, and the board’s own limit leaves room', () => {
      const [[, stage] = ['', {}]] = own('AWS::ApiGatewayV2::Stage');
      const raising = asObject(asObject(stage.RouteSettings)[RAISE]);
      expect(raising).toMatchObject({ ThrottlingRateLimit: 10_000, ThrottlingBurstLimit: 5_000 });
      expect(Object.keys(asObject(stage.RouteSettings))).toEqual([RAISE]);
      const others = asNumber(asObject(stage.DefaultRouteSettings).ThrottlingRateLimit, 0);
      const lunch = Object.entries(made.ofType('AWS::ApiGatewayV2::Stage')).find(([id]) => id.startsWith('AnxinApi.'));
      const lunchRate = asNumber(asObject(lunch?.[1].DefaultRouteSettings).ThrottlingRateLimit, 0);
      expect(others + lunchRate).toBeLessThanOrEqual(5_000);
    });

    it('with a function that can store and publish a press, and read nothing', () => {
      const deeds = allowed('Raise').map(({ action }) => action);
      expect(deeds.sort()).toEqual(['dynamodb:PutItem', 'logs:CreateLogStream', 'logs:PutLogEvents', 'sns:Publish']);
    });

    it('with a bundle of at most 450 KB', () => {
      const raise = templates.ofType('AWS::Lambda::Function').find(({ id }) => id.startsWith('RaiseFunction'));
      if (raise === undefined) throw new Error('there is no function that raises');
      expect(statSync(join(templates.assetOf(raise), 'index.js')).size / 1024).toBeLessThanOrEqual(450);
    });
  });

  describe('queues', () => {
    const queue = (id: string): JsonObject => {
      const found = own('AWS::SQS::Queue').find(([each]) => each.startsWith(`${id}Queue`));
      if (found === undefined) throw new Error(`there is no queue ${id}`);
      return found[1];
    };
    const patience = (id: string) => {
      const { VisibilityTimeout, RedrivePolicy } = queue(id);
      return {
        again: asNumber(VisibilityTimeout, 30),
        tries: asNumber(asObject(RedrivePolicy).maxReceiveCount, 0),
      };
    };
    const noticesOf = (channel: string): string => `Notices${channel[0]?.toUpperCase()}${channel.slice(1)}`;

    it('has one for presses, for those of who presses again and again, for timers, for what is told of elders, and for each channel', () => {
      const ids = ['Presses', 'PressesAgain', 'Timers', 'CareEvents', ...CHANNELS.map(noticesOf)];
      for (const id of ids) expect(queue(id).RedrivePolicy, id).toBeDefined();
      expect(own('AWS::SQS::Queue').filter(([, { RedrivePolicy }]) => RedrivePolicy)).toHaveLength(ids.length);
    });

    it('gives each channel the notices that name it, and presses to the queue of presses, or to that of repeats', () => {
      const filters = own('AWS::SNS::Subscription')
        .filter(([id]) => !id.startsWith('CareEvents'))
        .map(([, { FilterPolicy, RawMessageDelivery }]) => {
          expect(RawMessageDelivery).toBe(true);
          return JSON.stringify(FilterPolicy);
        });
      const wanted = [
        { type: ['press'] },
        { type: ['press-again'] },
        ...CHANNELS.map((channel) => ({ type: ['notice'], channels: [channel] })),
      ];
      expect(filters.sort()).toEqual(wanted.map((filter) => JSON.stringify(filter)).sort());
    });

    it.each(['Presses', 'PressesAgain', 'Timers', 'NoticesInbox'])(
      'keeps the messages of %s through an hour without the database',
      (id) => {
        const { again, tries } = patience(id);
        expect(again * tries).toBeGreaterThanOrEqual(HOUR_SECONDS);
      },
    );

    it.each(['voice', 'partner'])('tries the webhook of %s three times, 15 seconds apart', (channel) => {
      expect(patience(noticesOf(channel))).toEqual({ again: 15, tries: 3 });
    });

    it.each(CHANNELS)('gives up on a notice by %s when the channel says so in the ledger', (channel) => {
      expect(patience(noticesOf(channel)).tries).toBe(MOST_ATTEMPTS[channel]);
    });

    it.each(['wechat', 'sms', 'voice', 'partner'])(
      'hands a notice by %s out again when the lease of a try that was cut off is over, and its function with it',
      (channel) => {
        const id = `OnNotice${channel[0]?.toUpperCase()}${channel.slice(1)}`;
        const [, fn] = functionsOf().find(([each]) => each.startsWith(id)) ?? ['', {}];
        expect(asNumber(fn.Timeout, 0) * 1000).toBeLessThan(LEASE_MS);
        expect(patience(noticesOf(channel)).again * 1000).toBeGreaterThan(LEASE_MS);
      },
    );

    it('never hands a message out again while its reader may still be at it', () => {
      for (const mapping of templates.ofType('AWS::Lambda::EventSourceMapping')) {
        if (mapping.stack !== 'AnxinAlerts' || mapping.properties.StartingPosition !== undefined) continue;
        const source = asText(asArray(asObject(mapping.properties.EventSourceArn)['Fn::GetAtt'])[0]);
        const reader = asText(asObject(mapping.properties.FunctionName).Ref);
        const [, properties] = own('AWS::SQS::Queue').find(([id]) => id === source) ?? ['', {}];
        const [, fn] = functionsOf().find(([id]) => id === reader) ?? ['', {}];
        expect(asNumber(properties.VisibilityTimeout, 30), mapping.key).toBeGreaterThanOrEqual(asNumber(fn.Timeout, 3));
      }
    });

    it('has no more readers of a queue than its function has room for, and at least two', () => {
      for (const [id, { ScalingConfig, FunctionName, StartingPosition }] of own('AWS::Lambda::EventSourceMapping')) {
        if (StartingPosition !== undefined) continue;
        const [, fn] = functionsOf().find(([each]) => each === asObject(FunctionName).Ref) ?? ['', {}];
        const readers = asNumber(asObject(ScalingConfig).MaximumConcurrency, 0);
        expect(readers, id).toBeGreaterThanOrEqual(2);
        expect(readers, id).toBeLessThanOrEqual(asNumber(fn.ReservedConcurrentExecutions, 0));
      }
    });

    it('tells each reader the dead letters of its own queue, for what nobody can read', () => {
      const readers = own('AWS::Lambda::EventSourceMapping').filter(([, { StartingPosition }]) => !StartingPosition);
      expect(readers.length).toBeGreaterThan(8);
      for (const [id, { FunctionName, EventSourceArn }] of readers) {
        const [, fn] = functionsOf().find(([each]) => each === asObject(FunctionName).Ref) ?? ['', {}];
        const source = asText(asArray(asObject(EventSourceArn)['Fn::GetAtt'])[0]);
        const [, properties] = own('AWS::SQS::Queue').find(([each]) => each === source) ?? ['', {}];
        const dead = asText(asArray(asObject(asObject(properties.RedrivePolicy).deadLetterTargetArn)['Fn::GetAtt'])[0]);
        expect(asObject(asObject(fn.Environment).Variables).DEAD_LETTERS_URL, id).toEqual({ Ref: dead });
      }
    });
  });

  describe('lets', () => {
    it('only the functions of devices sign, with the devices’ key', () => {
      const signing = own('AWS::IAM::Policy').filter(([, policy]) => JSON.stringify(policy).includes('kms:Sign'));
      expect(signing.map(([id]) => id.replace(/Role.*/, '')).sort()).toEqual(['Circle', 'OnCanary']);
      for (const [, policy] of signing) expect(JSON.stringify(policy)).not.toContain('SessionKey');
    });

    it('a channel reach its ledger and its own way out, and no other channel’s', () => {
      const secrets = (channel: string): string[] =>
        allowed(`OnNotice${channel}`)
          .filter(({ action }) => action === 'secretsmanager:GetSecretValue')
          .map(({ on }) => /WebhookSecret|WechatSecret|SmsGatewayKey/.exec(on)?.[0] ?? on);
      expect(
        Object.fromEntries(['Inbox', 'Canary', 'Wechat', 'Sms', 'Voice', 'Partner'].map((c) => [c, secrets(c)])),
      ).toEqual({
        Inbox: [],
        Canary: [],
        Wechat: ['WechatSecret'],
        Sms: ['SmsGatewayKey'],
        Voice: ['WebhookSecret'],
        Partner: ['WebhookSecret'],
      });
      for (const channel of ['Inbox', 'Canary', 'Wechat', 'Sms', 'Voice', 'Partner']) {
        expect(allowed(`OnNotice${channel}`).map(({ action }) => action)).not.toContain('sns:Publish');
      }
    });

    it('nobody delete an item but those who close alerts, remove contacts and forget the dead', () => {
      const deleting = functionsOf()
        .map(([id]) => id.replace(/Function.*/, ''))
        .filter((name) => allowed(name).some(({ action }) => /Delete(?!Message)|BatchWrite/.test(action)));
      expect(deleting.sort()).toEqual(['Answer', 'Circle', 'OnCareEvent']);
    });
  });

  it('watches itself from AnxinWatch too when it is gone: silence of the test alert rings', () => {
    const alarms = Object.values(made.ofType('AWS::CloudWatch::Alarm'));
    const silent = alarms.find(({ AlarmName }) => asText(AlarmName).includes('canary-silent'));
    expect(silent).toMatchObject({ TreatMissingData: 'breaching', ComparisonOperator: 'LessThanThreshold' });
    const rest = alarms.filter((alarm) => alarm !== silent);
    for (const { TreatMissingData } of rest) expect(TreatMissingData).toBe('notBreaching');
  });

  it('shows every alarm of its own, and the figures of alerts before those of lunch', () => {
    const [dashboard] = Object.values(made.ofType('AWS::CloudWatch::Dashboard'));
    const body = JSON.stringify(dashboard?.DashboardBody);
    const alarms = Object.entries(made.ofType('AWS::CloudWatch::Alarm'));
    for (const [id, { AlarmName }] of alarms) expect(body, id).toContain(asText(AlarmName));
    for (const name of [
      'AlertsRaised',
      'AlertsRefused',
      'AlertPutFailures',
      'AlertPublishFailures',
      'AlertFirstRing',
      'AlertOldestUnanswered',
      'CanarySeconds',
      'AlertRaiseTime',
      'ApproximateAgeOfOldestMessage',
      'ProvisionedConcurrencySpilloverInvocations',
      'Throttles',
    ])
      expect(body.indexOf(name), name).toBeGreaterThan(-1);
    expect(body.indexOf('AlertsRaised')).toBeLessThan(body.indexOf('# Lunch'));
  });
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: `${…}` is what Fn::Sub takes
import { describe, expect, it } from 'vitest';
import { eventFilter } from '../../infra/local/event-filter.ts';
import type { Json } from '../../infra/local/json.ts';
import { localNaming, whatCannotRun } from '../../infra/local/resource-types.ts';
import { parseSchedule } from '../../infra/local/schedules.ts';
import { Templates } from '../../infra/local/template.ts';

const queues = new Map([['arn:aws:sqs:us-east-1:000000000000:A-Work', 'http://queue/work']]);
const data = {
  Resources: {
    Elders: { Type: 'AWS::DynamoDB::Table', Properties: { KeySchema: [] } },
    Events: { Type: 'AWS::SNS::Topic' },
    Work: { Type: 'AWS::SQS::Queue' },
    Key: { Type: 'Custom::PublicKey' },
    Never: { Type: 'AWS::SQS::Queue', Condition: 'IsChina' },
  },
  Conditions: { IsChina: { 'Fn::Equals': [{ Ref: 'AWS::Partition' }, 'aws-cn'] } },
  Parameters: { Size: { Type: 'String', Default: 'large' } },
  Outputs: { Out: { Value: { Ref: 'Elders' }, Export: { Name: 'A:Elders' } } },
};
const templates = new Templates(
  'nowhere',
  [
    { name: 'A', template: data },
    { name: 'B', template: { Resources: {} } },
  ],
  localNaming({ queues, publicKey: 'PEM' }),
);
const resolve = (value: Json, stack = 'A'): Json => templates.resolve(value, stack);

describe('the values of a template', () => {
  it.each<[string, Json, Json]>([
    ['a reference to a table is its name', { Ref: 'Elders' }, 'A-Elders'],
    ['a reference to a queue is its address', { Ref: 'Work' }, 'http://queue/work'],
    ['a reference to a topic is its ARN', { Ref: 'Events' }, 'arn:aws:sns:us-east-1:000000000000:A-Events'],
    ['a parameter is its default', { Ref: 'Size' }, 'large'],
    [
      'the account and region are stand-ins',
      { 'Fn::Sub': '${AWS::AccountId} ${AWS::Region}' },
      '000000000000 us-east-1',
    ],
    ['an attribute', { 'Fn::GetAtt': ['Work', 'Arn'] }, 'arn:aws:sqs:us-east-1:000000000000:A-Work'],
    ['the public key of the custom resource', { 'Fn::GetAtt': ['Key', 'Pem'] }, 'PEM'],
    ['a join of references', { 'Fn::Join': ['/', [{ Ref: 'Elders' }, 'index', 1]] }, 'A-Elders/index/1'],
    ['a part of a split', { 'Fn::Select': [1, { 'Fn::Split': ['-', { Ref: 'Elders' }] }] }, 'Elders'],
    [
      'a text with references and own variables',
      { 'Fn::Sub': ['${Elders}:${x}:${Work.QueueName}:${!x}', { x: 5 }] },
      'A-Elders:5:A-Work:${x}',
    ],
    ['a choice', { 'Fn::If': ['IsChina', 'yes', 'no'] }, 'no'],
    ['and, or, not', { 'Fn::And': [{ 'Fn::Not': [{ Condition: 'IsChina' }] }, { 'Fn::Or': [false, true] }] }, true],
    ['a property that is no value is left out', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
  ])('%s', (_, value, expected) => {
    expect(resolve(value)).toEqual(expected);
  });

  it('reach over stacks by export', () => {
    expect(resolve({ 'Fn::ImportValue': 'A:Elders' }, 'B')).toBe('A-Elders');
  });

  it.each<[string, Json]>([
    ['a reference to nothing', { Ref: 'Nobody' }],
    ['an attribute of nothing', { 'Fn::GetAtt': ['Nobody', 'Arn'] }],
    ['an attribute that is not known here', { 'Fn::GetAtt': ['Elders', 'TableId'] }],
    ['an import of what no stack exports', { 'Fn::ImportValue': 'nothing' }],
    ['an intrinsic that is not known here', { 'Fn::Cidr': ['10.0.0.0/16', 1] }],
  ])('%s is refused by name', (_, value) => {
    expect(() => resolve(value)).toThrow(/Nobody|TableId|nothing|Fn::Cidr/);
  });

  it('leave out a resource whose condition does not hold', () => {
    expect(templates.ofType('AWS::SQS::Queue').map(({ id }) => id)).toEqual(['Work']);
  });
});

describe('what this machine cannot run', () => {
  const told = (Type: string, Properties: Record<string, Json> = {}): string[] =>
    whatCannotRun(
      new Templates(
        'nowhere',
        [{ name: 'S', template: { Resources: { Thing: { Type, Properties } } } }],
        localNaming({ queues, publicKey: '' }),
      ).resources,
    );

  it('is told by type and name', () => {
    expect(told('AWS::StepFunctions::StateMachine')).toEqual([
      'AWS::StepFunctions::StateMachine S.Thing: this machine cannot run it; the system goes on without it',
    ]);
  });

  it('is told for a single property too', () => {
    expect(told('AWS::Lambda::EventSourceMapping', { TumblingWindowInSeconds: 60 })).toEqual([
      'AWS::Lambda::EventSourceMapping S.Thing: its property TumblingWindowInSeconds has no effect on this machine',
    ]);
  });

  it('is told for a filter that says more than which values pass', () => {
    const FilterCriteria = { Filters: [{ Pattern: '{"a":[{"prefix":"x"}]}' }] };
    expect(told('AWS::Lambda::EventSourceMapping', { StartingPosition: 'LATEST', FilterCriteria })).toEqual([
      'AWS::Lambda::EventSourceMapping S.Thing: every event passes its filter {"a":[{"prefix":"x"}]}',
    ]);
  });

  it('is told for a subscription that nothing is delivered to', () => {
    expect(told('AWS::SNS::Subscription', { Protocol: 'lambda' })).toEqual([
      'AWS::SNS::Subscription S.Thing: nothing is delivered by the protocol lambda',
    ]);
  });

  it('is nothing for a queue, nor for a role that is left out on purpose', () => {
    expect(told('AWS::SQS::Queue', { VisibilityTimeout: 30 })).toEqual([]);
    expect(told('AWS::IAM::Role', { Anything: true })).toEqual([]);
  });
});

describe('a schedule', () => {
  it('in minutes, hours or days', () => {
    expect(parseSchedule('rate(15 minutes)')).toEqual({ everyMs: 900_000 });
    expect(parseSchedule('rate(1 day)')).toEqual({ everyMs: 86_400_000 });
  });

  it('by the clock, with weekdays counted from Sunday as 1', () => {
    expect(parseSchedule('cron(0 21 * * ? *)')).toEqual({ pattern: '0 21 * * *' });
    expect(parseSchedule('cron(30 1 ? * 2-6 *)')).toEqual({ pattern: '30 1 * * 1-5' });
    expect(parseSchedule('cron(30 1 ? * MON-FRI *)')).toEqual({ pattern: '30 1 * * MON-FRI' });
  });

  it('for a single year is refused', () => {
    expect(() => parseSchedule('cron(0 0 1 1 ? 2027)')).toThrow('2027');
  });
});

describe('the filter of an event source', () => {
  const wants = eventFilter({
    FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"Keys":{"sk":{"S":["ORDER","SLOT"]}}}}' }] },
  });
  const record = (sk: string) => ({ eventName: 'INSERT', dynamodb: { Keys: { pk: { S: 'x' }, sk: { S: sk } } } });

  it('lets through what has one of the values, and nothing else', () => {
    expect(['ORDER', 'SLOT', 'MONTH'].map((sk) => wants(record(sk)))).toEqual([true, true, false]);
    expect(wants({})).toBe(false);
  });

  it('lets everything through where there is none', () => {
    expect(eventFilter({})({})).toBe(true);
  });
});

import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { elderKey } from '../../functions/elders/elder-record.ts';
import { orderKey } from '../../functions/meals/keys.ts';
import { personKey } from '../../functions/sessions/keys.ts';
import { DeadLetteredQueue } from '../constructs/dead-lettered-queue.ts';
import { FeatureFunction, type FeatureFunctionProps, timeLimits } from '../constructs/feature-function.ts';
import { onSchedule } from '../constructs/on-schedule.ts';
import { onStream } from '../constructs/on-stream.ts';
import { PublicKey } from '../constructs/public-key.ts';
import { ofType, readQueue, takeFrom } from '../constructs/read-queue.ts';
import { RouteApi } from '../constructs/route-api.ts';
import { watchFunction } from '../constructs/watch-function.ts';
import { openApiDocument } from '../openapi/document.ts';
import { compilePolicies } from '../policies/compile.ts';
import type { StageSettings } from '../stage-settings.ts';
import { sendsText } from './alert-channels.ts';
import type { AnxinData } from './anxin-data.ts';

/** What of a feature's functions differs; the rest is the same for all. */
type Part = Pick<FeatureFunctionProps, 'entry' | 'description' | 'timeout' | 'files' | 'reservedConcurrency'>;

/** The API and everything that follows from it: one function for each feature's routes, and the handlers of events and schedules. */
export class AnxinApi extends Stack {
  readonly #settings: StageSettings;
  readonly #data: AnxinData;

  constructor(scope: Construct, id: string, props: StackProps & { settings: StageSettings; data: AnxinData }) {
    super(scope, id, props);
    this.#settings = props.settings;
    this.#data = props.data;
    const { alarms, sessionKey } = props.data;
    const { pem } = new PublicKey(this, 'SessionPublicKey', {
      key: sessionKey,
      settings: this.#settings,
      of: 'the sessions’',
    });
    const functions = { sessions: this.#sessions(), elders: this.#elders(), meals: this.#meals() };
    for (const fn of Object.values(functions)) fn.knows('SESSION_PUBLIC_KEY', pem);
    const api = new RouteApi(this, 'Api', {
      settings: this.#settings,
      api: 'AnxinApi',
      functions: {
        sessions: functions.sessions.lambda,
        elders: functions.elders.lambda,
        meals: functions.meals.lambda,
      },
      throttle: this.#settings.throttle,
      alarms,
    });
    this.#elderEvents();
    this.#personEvents();
    this.#mealEvents();
    new CfnOutput(this, 'Address', { value: api.http.apiEndpoint, description: 'Base address of AnxinApi' });
  }

  #function(id: string, part: Part): FeatureFunction {
    const fn = new FeatureFunction(this, id, { settings: this.#settings, ...part });
    watchFunction(fn, this.#data.alarms);
    return fn;
  }

  #sessions(): FeatureFunction {
    const { tables, sessionKey, wechatSecret } = this.#data;
    const { wechatBaseUrl, wechatAppId } = this.#settings;
    const sessions = this.#function('Sessions', {
      entry: 'functions/sessions/api.ts',
      description: 'Signing in and staff',
      timeout: timeLimits.request,
    })
      .usesTable(tables.sessions, 'SESSIONS_TABLE', [
        'GetItem',
        'Query',
        'PutItem',
        'UpdateItem',
        'DeleteItem',
        'ConditionCheckItem',
      ])
      .usesKey(sessionKey, 'SESSION_KEY_ID', ['Sign'])
      .usesSecret(wechatSecret, 'WECHAT_SECRET_ARN', ['GetSecretValue'])
      .knows('WECHAT_BASE_URL', wechatBaseUrl)
      .knows('WECHAT_APP_ID', wechatAppId);
    sendsText(sessions, this.#settings, this.#data);
    return sessions;
  }

  #elders(): FeatureFunction {
    return this.#function('Elders', {
      entry: 'functions/elders/api.ts',
      description: 'Elders, families, consent, import',
      timeout: timeLimits.request,
    })
      .usesTable(this.#data.tables.elders, 'ELDERS_TABLE', [
        'GetItem',
        'BatchGetItem',
        'Query',
        'PutItem',
        'UpdateItem',
        'DeleteItem',
        'ConditionCheckItem',
      ])
      .usesTable(this.#data.tables.sessions, 'SESSIONS_TABLE', ['GetItem']);
  }

  #meals(): FeatureFunction {
    const { tables } = this.#data;
    return this.#function('Meals', {
      entry: 'functions/meals/api.ts',
      description: 'Canteens, sittings, orders, kitchen',
      timeout: timeLimits.request,
      files: { 'policies.json': JSON.stringify(compilePolicies()), 'openapi.json': JSON.stringify(openApiDocument()) },
    })
      .usesTable(tables.meals, 'MEALS_TABLE', [
        'GetItem',
        'BatchGetItem',
        'Query',
        'PutItem',
        'UpdateItem',
        'DeleteItem',
        'ConditionCheckItem',
      ])
      .usesTable(tables.elders, 'ELDERS_TABLE', ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'])
      .usesTable(tables.sessions, 'SESSIONS_TABLE', ['GetItem']);
  }

  /** What happens to an elder leaves as a domain event. */
  #elderEvents(): void {
    const { tables, domainEvents, alarms } = this.#data;
    const publish = this.#function('OnElderChange', {
      entry: 'functions/elders/on-elder-change.ts',
      description: 'Elders’ stream to domain events',
      timeout: timeLimits.event,
    }).usesTopic(domainEvents, 'DOMAIN_EVENTS_TOPIC_ARN', ['Publish']);
    onStream(this, 'EldersStream', { table: tables.elders, target: publish, alarms, sortKey: elderKey('').sk });
  }

  /** Who can be reached, and how, leaves as a domain event. */
  #personEvents(): void {
    const { tables, domainEvents, alarms } = this.#data;
    const publish = this.#function('OnPersonChange', {
      entry: 'functions/sessions/on-person-change.ts',
      description: 'Sessions’ stream to domain events',
      timeout: timeLimits.event,
    }).usesTopic(domainEvents, 'DOMAIN_EVENTS_TOPIC_ARN', ['Publish']);
    onStream(this, 'PeopleStream', { table: tables.sessions, target: publish, alarms, sortKey: personKey('').sk });
  }

  #mealEvents(): void {
    const { tables, domainEvents, alarms } = this.#data;
    const publish = this.#mealWorker(
      'OnMealChange',
      'on-meal-change',
      'Meals’ stream to domain events',
      timeLimits.event,
    ).usesTopic(domainEvents, 'DOMAIN_EVENTS_TOPIC_ARN', ['Publish']);
    onStream(this, 'MealsStream', { table: tables.meals, target: publish, alarms, sortKey: orderKey('').sk });

    const standing = this.#mealWorker(
      'OnElderStanding',
      'on-elder-standing',
      'Death, pause and return of elders',
      timeLimits.event,
    );
    const { queue } = new DeadLetteredQueue(this, 'ElderStanding', { alarms, readerTimeout: timeLimits.event });
    takeFrom(domainEvents, queue, ofType('elder-died', 'elder-paused', 'elder-resumed'));
    readQueue(standing, queue);

    const fill = this.#mealWorker(
      'OnFillStandingOrders',
      'on-fill-standing-orders',
      'Weekly orders become orders',
      timeLimits.schedule,
    );
    // 05:00 in China, before any sitting closes.
    onSchedule(this, 'FillStandingOrders', {
      schedule: Schedule.cron({ hour: '21', minute: '0' }),
      target: fill,
      alarms,
    });

    const settle = this.#mealWorker(
      'OnSettleSittings',
      'on-settle-sittings',
      'Sittings that are over are settled',
      timeLimits.schedule,
    );
    onSchedule(this, 'SettleSittings', { schedule: Schedule.rate(Duration.minutes(15)), target: settle, alarms });
  }

  /** A handler of events that works on meals: all of them price, and so carry the policies. */
  #mealWorker(id: string, file: string, description: string, timeout: Duration): FeatureFunction {
    const { tables } = this.#data;
    return this.#function(id, {
      entry: `functions/meals/${file}.ts`,
      description,
      timeout,
      files: { 'policies.json': JSON.stringify(compilePolicies()) },
    })
      .usesTable(tables.meals, 'MEALS_TABLE', [
        'GetItem',
        'BatchGetItem',
        'Query',
        'PutItem',
        'UpdateItem',
        'ConditionCheckItem',
      ])
      .usesTable(tables.elders, 'ELDERS_TABLE', ['GetItem', 'BatchGetItem', 'ConditionCheckItem']);
  }
}

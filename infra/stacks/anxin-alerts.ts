import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Alias, Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { pressKey } from '../../functions/alerts/keys.ts';
import { raiseRoutes } from '../../shared/routes/alerts.ts';
import { measureLines, measureRaising } from '../constructs/alert-metrics.ts';
import { type AlertQueue, type AlertQueues, alertQueues } from '../constructs/alert-queues.ts';
import { FeatureFunction, type FeatureFunctionProps } from '../constructs/feature-function.ts';
import { featureTable } from '../constructs/feature-table.ts';
import { liveAlias } from '../constructs/live-alias.ts';
import { onSchedule } from '../constructs/on-schedule.ts';
import { onStream } from '../constructs/on-stream.ts';
import { PublicKey } from '../constructs/public-key.ts';
import { ofType, readQueue, takeFrom } from '../constructs/read-queue.ts';
import { RouteApi } from '../constructs/route-api.ts';
import { watchFunction } from '../constructs/watch-function.ts';
import { watchTable } from '../constructs/watch-table.ts';
import { compilePolicies } from '../policies/compile.ts';
import type { StageSettings } from '../stage-settings.ts';
import { type AlertChannel, addChannels } from './alert-channels.ts';
import type { AnxinData } from './anxin-data.ts';

/** What a function that works on alerts, or on contacts and devices, does with the table. */
const WORKS = ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'] as const;

/** API Gateway's own limit for an account and region, requests a second: raising has no other. */
const ACCOUNT_THROTTLE = { rate: 10_000, burst: 5_000 } as const;

/** What of the functions of alerts differs; `room` is how many invocations at a time it has room for, whatever else goes on. */
type Part = Pick<FeatureFunctionProps, 'description' | 'timeout' | 'files' | 'memory'> & { readonly room: number };

/**
 * Emergency alerts, whole and apart: an API, a table, a topic, queues and functions that nothing else uses, each function with
 * room reserved for it. It needs AnxinData for what is older than any alert (the key that signs sessions, outside secrets, the
 * topic of domain events, the alarms' topic), and AnxinApi for nothing: neither's deployment, load or fault reaches the other.
 */
export class AnxinAlerts extends Stack {
  readonly #settings: StageSettings;
  readonly #data: AnxinData;
  readonly #table: Table;
  readonly #topic: Topic;
  readonly #queues: AlertQueues;
  readonly #deviceKey: Key;
  readonly #keys: { session: string; device: string };

  constructor(scope: Construct, id: string, props: StackProps & { settings: StageSettings; data: AnxinData }) {
    super(scope, id, props);
    const { settings, data } = props;
    this.#settings = settings;
    this.#data = data;
    const { alarms } = data;
    this.#table = featureTable(this, 'Alerts', { removal: settings.removal, protect: settings.protectData });
    watchTable(this.#table, alarms);
    // AWS's own key, as for domain events: publishing needs no call to KMS of ours that could be refused.
    this.#topic = new Topic(this, 'Topic', {
      masterKey: Alias.fromAliasName(this, 'SnsKey', 'alias/aws/sns'),
      enforceSSL: true,
    });
    this.#queues = alertQueues(this, this.#topic, alarms);
    this.#deviceKey = new Key(this, 'DeviceKey', {
      description: 'Signs the tokens of devices (RS256)',
      keySpec: KeySpec.RSA_2048,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: settings.removal,
    });
    this.#keys = {
      session: new PublicKey(this, 'SessionPublicKey', { key: data.sessionKey, settings, of: 'the sessions’' }).pem,
      device: new PublicKey(this, 'DevicePublicKey', { key: this.#deviceKey, settings, of: 'the devices’' }).pem,
    };

    const raise = this.#raise();
    const api = new RouteApi(this, 'Api', {
      settings,
      api: 'AnxinAlerts',
      functions: {
        'raise-alert': liveAlias(raise, settings.alertRoom.raise, alarms),
        alerts: this.#answering().lambda,
        circle: this.#circle().lambda,
      },
      throttle: settings.alertsThrottle,
      // A press is never refused for its rate, and a board that is looked at too often takes none of its room.
      throttles: { [raiseRoutes.raiseAlert.key]: ACCOUNT_THROTTLE },
      alarms,
    });
    this.#keep();
    this.#ladder();
    this.#channels();
    this.#careEvents();
    this.#clock(api.http.apiEndpoint);
    measureRaising(api.accessLog, settings);
    new CfnOutput(this, 'Address', { value: api.http.apiEndpoint, description: 'Base address of AnxinAlerts' });
  }

  #function(id: string, file: string, part: Part): FeatureFunction {
    const { room, ...rest } = part;
    const fn = new FeatureFunction(this, id, {
      settings: this.#settings,
      entry: `functions/alerts/${file}.ts`,
      reservedConcurrency: room,
      ...rest,
    });
    watchFunction(fn, this.#data.alarms);
    return fn;
  }

  /** The one function on which a life can depend. It needs two things, side by side, and gets by with either: the table and the topic. */
  #raise(): FeatureFunction {
    const raise = this.#function('Raise', 'raise/api', {
      description: 'Raises an alert: stores and publishes the press',
      timeout: Duration.seconds(10),
      // A whole core: a cold start costs a third of what it does with half of one.
      memory: 1769,
      room: this.#settings.alertRoom.raise.room,
    })
      .usesTable(this.#table, 'ALERTS_TABLE', ['PutItem'])
      .usesTopic(this.#topic, 'ALERTS_TOPIC_ARN', ['Publish'])
      .knows('SESSION_PUBLIC_KEY', this.#keys.session)
      .knows('DEVICE_PUBLIC_KEY', this.#keys.device);
    measureLines(raise, this.#settings, 'putFailed', 'publishFailed');
    return raise;
  }

  /** What tells people needs: the topic, and the channels' queues for when the topic fails. */
  #tells(fn: FeatureFunction): FeatureFunction {
    measureLines(fn, this.#settings, 'publishFailed');
    return fn
      .usesTopic(this.#topic, 'ALERTS_TOPIC_ARN', ['Publish'])
      .usesQueues(this.#queues.addressesOfChannels, 'CHANNEL_QUEUES', ['SendMessage'])
      .usesQueue(this.#queues.timers.queue, 'TIMERS_QUEUE_URL', ['SendMessage']);
  }

  /** What works on alerts goes by the cities' rules, tells people, and brings presses of its own to be kept. */
  #worker(id: string, file: string, part: Part): FeatureFunction {
    return this.#tells(this.#function(id, file, { ...part, files: policies() }))
      .usesTable(this.#table, 'ALERTS_TABLE', WORKS)
      .usesQueue(this.#queues.presses.queue, 'PRESSES_QUEUE_URL', ['SendMessage']);
  }

  #answering(): FeatureFunction {
    const answer = this.#function('Answer', 'answer/api', {
      description: 'The board, answering, the report',
      timeout: Duration.seconds(15),
      room: this.#settings.alertRoom.pages,
      files: policies(),
    });
    return this.#tells(answer)
      .usesTable(this.#table, 'ALERTS_TABLE', [...WORKS, 'DeleteItem'])
      .knows('SESSION_PUBLIC_KEY', this.#keys.session);
  }

  #circle(): FeatureFunction {
    return this.#worker('Circle', 'circle/api', {
      description: 'Contacts, devices, drills, check tasks',
      timeout: Duration.seconds(15),
      room: this.#settings.alertRoom.pages,
    })
      .usesTable(this.#table, 'ALERTS_TABLE', ['DeleteItem'])
      .usesKey(this.#deviceKey, 'DEVICE_KEY_ID', ['Sign'])
      .knows('WECHAT_TEMPLATE_ID', this.#settings.wechatTemplateId)
      .knows('SESSION_PUBLIC_KEY', this.#keys.session)
      .knows('DEVICE_PUBLIC_KEY', this.#keys.device);
  }

  /** From the press to the first notice; and the guarantee: a press that was stored and not published is brought by the stream. */
  #keep(): void {
    const { alarms } = this.#data;
    const { keep: room, again: roomAgain, ladder } = this.#settings.alertRoom;
    const { presses, pressesAgain } = this.#queues;
    const keep = this.#worker('OnPress', 'keep/on-press', {
      description: 'A press becomes an alert, and the first wave is called',
      timeout: presses.readerTimeout,
      room,
    });
    this.#reads(keep, presses, room);
    // Who presses again and again waits behind nobody but themselves: a flood takes no room of the presses of others.
    const keepAgain = this.#worker('OnPressAgain', 'keep/on-press', {
      description: 'Presses of people who press again and again join their alerts',
      timeout: pressesAgain.readerTimeout,
      room: roomAgain,
    });
    this.#reads(keepAgain, pressesAgain, roomAgain);
    const stored = this.#function('OnPressStored', 'keep/on-press-stored', {
      description: 'Brings every stored press to be kept, published or not',
      timeout: Duration.seconds(15),
      room: ladder,
    })
      .usesQueue(presses.queue, 'PRESSES_QUEUE_URL', ['SendMessage'])
      .usesQueue(pressesAgain.queue, 'PRESSES_AGAIN_QUEUE_URL', ['SendMessage']);
    onStream(this, 'PressesStream', {
      table: this.#table,
      target: stored,
      alarms,
      sortKey: pressKey('').sk,
      only: 'INSERT',
    });
  }

  #ladder(): void {
    const { ladder: room, clock } = this.#settings.alertRoom;
    const { timers } = this.#queues;
    const timer = this.#worker('OnTimer', 'ladder/on-timer', {
      description: 'The next wave, re-opening, check tasks that are overdue',
      timeout: timers.readerTimeout,
      room,
    });
    this.#reads(timer, timers, room);
    const sweep = this.#worker('OnSweep', 'ladder/on-sweep', {
      description: 'Each minute: does what a lost timer or press left undone',
      timeout: Duration.seconds(55),
      room: clock,
    });
    measureLines(sweep, this.#settings, 'oldestUnanswered');
    this.#every('Sweep', Duration.minutes(1), sweep);
  }

  #channels(): void {
    const channels = this.#queues.channels;
    addChannels({
      settings: this.#settings,
      data: this.#data,
      scope: this,
      make: (channel: AlertChannel) =>
        this.#function(`OnNotice${channel[0]?.toUpperCase()}${channel.slice(1)}`, `channels/on-notice-${channel}`, {
          description: `Tells people by ${channel}`,
          timeout: channels[channel].readerTimeout,
          room: this.#settings.alertRoom.channel,
        })
          // The alert's state, and the ledger of deliveries: claimed and marked, or, where nothing leaves the table, written once.
          .usesTable(this.#table, 'ALERTS_TABLE', [
            'GetItem',
            channel === 'inbox' || channel === 'canary' ? 'PutItem' : 'UpdateItem',
          ]),
      reads: (channel, fn) => {
        measureLines(fn, this.#settings, 'firstRing');
        this.#reads(fn, channels[channel], this.#settings.alertRoom.channel);
      },
    });
  }

  /** What alerts must know of elders and people, told by their own streams: no alert ever reads a table of AnxinData. */
  #careEvents(): void {
    const { careEvents } = this.#queues;
    const { ladder: room } = this.#settings.alertRoom;
    const care = this.#function('OnCareEvent', 'circle/on-care-event', {
      description: 'Elders, people and missed meals as alerts know them',
      timeout: careEvents.readerTimeout,
      room,
      files: policies(),
    })
      .usesTable(this.#table, 'ALERTS_TABLE', [...WORKS, 'DeleteItem'])
      .usesQueue(this.#queues.timers.queue, 'TIMERS_QUEUE_URL', ['SendMessage']);
    takeFrom(
      this.#data.domainEvents,
      careEvents.queue,
      ofType('elder-changed', 'elder-died', 'person-changed', 'person-removed', 'meal-missed'),
    );
    this.#reads(care, careEvents, room);
  }

  /** What runs by the clock, besides the sweep. */
  #clock(address: string): void {
    const { clock: room } = this.#settings.alertRoom;
    const silent = this.#function('OnSilentDevices', 'circle/on-silent-devices', {
      description: 'Finds devices that have not been heard',
      timeout: Duration.minutes(10),
      room,
      files: policies(),
    }).usesTable(this.#table, 'ALERTS_TABLE', WORKS);
    this.#every('SilentDevices', Duration.minutes(15), silent);

    const drills = this.#worker('OnDrills', 'circle/on-drills', {
      description: 'Begins the drills that are due',
      timeout: Duration.minutes(4),
      room,
    });
    // It begins a few at a time, and only in the hours in which drills may ring.
    this.#every('Drills', Duration.minutes(5), drills);

    const canary = this.#function('OnCanary', 'circle/on-canary', {
      description: 'Raises a test alert and waits until it is heard',
      timeout: Duration.minutes(1),
      room,
    })
      .usesTable(this.#table, 'ALERTS_TABLE', ['GetItem', 'Query', 'PutItem'])
      .usesKey(this.#deviceKey, 'DEVICE_KEY_ID', ['Sign'])
      .knows('ALERTS_API_URL', this.#settings.alertsUrl ?? address);
    measureLines(canary, this.#settings, 'canarySeconds', 'canaryMissed');
    this.#every('Canary', Duration.minutes(5), canary);
  }

  /** A queue and its reader, which puts what nobody can read with the dead letters at once. */
  #reads(fn: FeatureFunction, { queue, deadLetters }: AlertQueue, atOnce: number): void {
    readQueue(fn.usesQueue(deadLetters, 'DEAD_LETTERS_URL', ['SendMessage']), queue, { atOnce });
  }

  /** Runs a function again and again. One that fails is not tried again: the next one comes soon, and makes up for it. */
  #every(id: string, distance: Duration, target: FeatureFunction): void {
    target.lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: distance });
    onSchedule(this, id, { schedule: Schedule.rate(distance), target, alarms: this.#data.alarms });
  }
}

/** The cities' rules, laid beside the functions that go by them. */
const policies = (): Record<string, string> => ({ 'policies.json': JSON.stringify(compilePolicies()) });

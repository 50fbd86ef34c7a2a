import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Alias, Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { acknowledge } from '../constructs/acknowledge.ts';
import { Alarms } from '../constructs/alarms.ts';
import { featureTable } from '../constructs/feature-table.ts';
import { watchTable } from '../constructs/watch-table.ts';
import type { StageSettings } from '../stage-settings.ts';

/** What must outlive every deployment of code: tables with their streams, the signing key, secrets, the topic of domain events. */
export class AnxinData extends Stack {
  readonly tables: Readonly<Record<'elders' | 'meals' | 'sessions', Table>>;
  /** Signs session tokens. Its private half never leaves KMS. */
  readonly sessionKey: Key;
  readonly domainEvents: Topic;
  readonly wechatSecret: Secret;
  readonly smsGatewayKey: Secret;
  readonly alarms: Alarms;

  constructor(scope: Construct, id: string, props: StackProps & { settings: StageSettings }) {
    super(scope, id, props);
    const { settings } = props;
    const { removal } = settings;
    this.alarms = new Alarms(this, 'Alarms', settings);
    const kept = { removal, protect: settings.protectData };
    this.tables = {
      elders: featureTable(this, 'Elders', kept),
      meals: featureTable(this, 'Meals', kept),
      sessions: featureTable(this, 'Sessions', kept),
    };
    for (const table of Object.values(this.tables)) watchTable(table, this.alarms);
    this.sessionKey = new Key(this, 'SessionKey', {
      description: 'Signs session tokens (RS256)',
      keySpec: KeySpec.RSA_2048,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: removal,
    });
    // AWS's own key: any function of this account that may publish may use it, with no further grant.
    this.domainEvents = new Topic(this, 'DomainEvents', {
      masterKey: Alias.fromAliasName(this, 'SnsKey', 'alias/aws/sns'),
      enforceSSL: true,
    });
    this.wechatSecret = new Secret(this, 'WechatSecret', {
      description: 'The mini-program’s app secret at WeChat: put the real one in after the first deployment',
      removalPolicy: removal,
    });
    this.smsGatewayKey = new Secret(this, 'SmsGatewayKey', {
      description: 'The key of the gateway that sends one-time codes: put the real one in after the first deployment',
      removalPolicy: removal,
    });
    for (const secret of [this.wechatSecret, this.smsGatewayKey]) {
      acknowledge(
        secret,
        'AwsSolutions-SMG4',
        'Issued by an outside party that offers no rotation by machine; docs/operations.md says how to change it.',
      );
    }
  }
}

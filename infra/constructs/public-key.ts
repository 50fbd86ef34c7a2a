import { CustomResource, Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { StageSettings } from '../stage-settings.ts';
import { FeatureFunction } from './feature-function.ts';

export interface PublicKeyProps {
  key: IKey;
  settings: StageSettings;
  /** Whose tokens it checks: `the sessions’`. */
  of: string;
}

/**
 * The public half of a KMS signing key, read once at deployment, so that functions get it as environment and verify tokens
 * without asking KMS. A few lines of our own: CDK's `AwsCustomResource` cannot carry KMS's binary answer.
 */
export class PublicKey extends Construct {
  /** PEM, SPKI. */
  readonly pem: string;

  constructor(scope: Construct, id: string, { key, settings, of }: PublicKeyProps) {
    super(scope, id);
    const reader = new FeatureFunction(this, 'Reader', {
      settings,
      entry: 'infra/constructs/public-key-reader.ts',
      description: `Reads ${of} public key at deployment`,
      timeout: Duration.seconds(30),
      memory: 256,
    }).allow(['kms:GetPublicKey'], [key.keyArn]);
    const resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::PublicKey',
      serviceToken: reader.lambda.functionArn,
      properties: { KeyId: key.keyId },
    });
    this.pem = resource.getAttString('Pem');
  }
}

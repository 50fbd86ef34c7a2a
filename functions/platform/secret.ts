/** How long a secret that was fetched is kept before it is fetched anew, so that a rotated one arrives. */
const KEPT_MS = 10 * 60 * 1000;

/** A secret of Secrets Manager, fetched at first use. A failure is not remembered. */
export function managedSecret(SecretId: string, clock: () => number = Date.now): () => Promise<string> {
  let kept: { readonly value: Promise<string>; readonly until: number } | undefined;
  return () => {
    if (kept === undefined || clock() > kept.until) {
      const value = fetchSecret(SecretId);
      kept = { value, until: clock() + KEPT_MS };
      value.catch(() => {
        kept = undefined;
      });
    }
    return kept.value;
  };
}

/** The client is loaded only when a secret is needed: not at a cold start that refreshes a session. */
async function fetchSecret(SecretId: string): Promise<string> {
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const client = new SecretsManagerClient({ maxAttempts: 3 });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }));
  if (SecretString === undefined || SecretString === '') throw new Error('the secret is empty');
  return SecretString;
}

/** The secret of a variable: itself (on one machine), or what its `_ARN` names (in the cloud). Undefined where neither is set. */
export function secretFrom(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
): (() => Promise<string>) | undefined {
  const value = environment[name];
  if (value) return async () => value;
  const arn = environment[`${name}_ARN`];
  return arn ? managedSecret(arn) : undefined;
}

import { REGION } from './template.ts';

/** Keys that open nothing: the engines on this machine check none. */
export const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/** How the local cloud's own clients reach an engine. */
export const clientConfig = (endpoint: string) => ({
  endpoint,
  region: REGION,
  credentials: CREDENTIALS,
  maxAttempts: 3,
});

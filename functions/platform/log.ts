import type { Logger } from '@aws-lambda-powertools/logger';

type Details = Readonly<Record<string, unknown>>;

let loaded: Promise<Logger> | undefined;
/** Loaded at the first line that is written: most invocations write none, and loading it costs a tenth of a function's import. */
const logger = (): Promise<Logger> => {
  loaded ??= import('@aws-lambda-powertools/logger').then((powertools) => new powertools.Logger());
  return loaded;
};

/**
 * The functions' one log. Await it: a Lambda freezes once it has answered. Never give it a request's headers or body: they carry
 * tokens and personal data.
 */
export const log = {
  info: async (message: string, details: Details): Promise<void> => (await logger()).info(message, details),
  warn: async (message: string, details: Details): Promise<void> => (await logger()).warn(message, details),
  error: async (message: string, details: Details): Promise<void> => (await logger()).error(message, details),
};

import { Logger } from '@aws-lambda-powertools/logger';

/** The functions' one logger. Never give it a request's headers or body: they carry tokens and personal data. */
export const log = new Logger();

import { createHash } from 'node:crypto';

/** SHA-256 of parsed input. Its keys stand in the schema's order, so equal content gives equal text: it tells a repeat from something else. */
export const fingerprintOf = (request: object): string =>
  createHash('sha256').update(JSON.stringify(request)).digest('base64url');

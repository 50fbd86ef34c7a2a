import * as z from 'zod/mini';
import { line } from '../values/text.ts';

/** The name of something in a policy, short enough for a sentence with several names to fit on a page. */
export const Name = z
  .strictObject({ zh: line(30), en: line(60) })
  .register(z.globalRegistry, { id: 'Name', description: 'A short name in Chinese and English.' });
export type Name = z.infer<typeof Name>;

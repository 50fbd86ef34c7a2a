import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Heard } from './hearing.ts';

const fileIn = (data: string): string => join(data, 'received.jsonl');

/** What the channels' stand-ins got, one JSON line each: it outlives a kill, but for the last moment before it. */
export const keepReceived = (data: string, messages: readonly Heard[]): void =>
  appendFileSync(fileIn(data), messages.map((message) => `${JSON.stringify(message)}\n`).join(''));

/** The last line may have been cut off by the kill. */
export function keptReceived(data: string): Heard[] {
  if (!existsSync(fileIn(data))) return [];
  return readFileSync(fileIn(data), 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line) as Heard);
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Checkpoints } from './checkpoints.ts';
import type { FunctionHost } from './function-host.ts';
import type { Log } from './log.ts';
import type { StreamRecord, Streams } from './streams.ts';

/** An event source mapping from a table's stream to a function, as the template sets it. */
export interface StreamSource {
  key: string;
  streamArn: string;
  /** What the function sees as the stream's ARN. */
  visibleArn: string;
  host: FunctionHost;
  /** Whether the mapping's filter lets a record through. */
  wants: (record: object) => boolean;
  batchSize: number;
  bisects: boolean;
  reportsItems: boolean;
  /** Further tries after the first; -1 is without end. */
  retries: number;
  /** Older records are given up; -1 is never. */
  maxAgeMs: number;
  /** Where what was given up is reported. */
  onFailure: ((message: object) => Promise<void>) | undefined;
}

const POLL_MS = 100;

/** Delivers a stream to its function in order, from its checkpoint on, until the signal. */
export async function deliverStream(
  source: StreamSource,
  streams: Streams,
  checkpoints: Checkpoints,
  repeats: () => number,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const pause = (ms: number): Promise<unknown> => sleep(ms, undefined, { signal }).catch(() => {});
  let iterator: string | undefined;
  while (!signal.aborted) {
    try {
      iterator ??= await streams.iterator(source.streamArn, checkpoints.get(source.key));
      if (iterator === undefined) {
        await pause(POLL_MS);
        continue;
      }
      const { records, next } = await streams.records(iterator);
      const wanted = records.filter(source.wants);
      for (let at = 0; at < wanted.length && !signal.aborted; at += source.batchSize) {
        const batch = wanted.slice(at, at + source.batchSize);
        await deliver(source, batch, repeats, log, signal);
        if (signal.aborted) return;
        checkpoints.set(source.key, batch.at(-1)?.dynamodb.SequenceNumber ?? '');
      }
      const last = records.at(-1);
      if (last) checkpoints.set(source.key, last.dynamodb.SequenceNumber);
      iterator = next;
      // A stream that is not far behind is let grow a little: one larger batch costs less than many small ones.
      if (records.length < source.batchSize) await pause(POLL_MS);
    } catch (error) {
      if (signal.aborted) return;
      log.loud(`${source.key}: reading the stream failed, tried again: ${error}`);
      iterator = undefined;
      await pause(1000);
    }
  }
}

/** One batch, with Lambda's own rules for failure: retry, split in halves, partial answers, age, and a report of what was given up. */
async function deliver(
  source: StreamSource,
  batch: readonly StreamRecord[],
  repeats: () => number,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  let rest = batch;
  for (let tries = 0; rest.length > 0; tries += 1) {
    if (signal.aborted) return;
    const fresh = rest.filter((record) => source.maxAgeMs < 0 || ageOf(record) <= source.maxAgeMs);
    if (fresh.length < rest.length) {
      await giveUp(
        source,
        rest.filter((record) => !fresh.includes(record)),
        'RecordAgeExceeded',
        tries,
        log,
      );
      rest = fresh;
      if (rest.length === 0) return;
    }
    const failedAt = await attempt(source, rest, repeats, log, signal);
    if (failedAt === undefined) return;
    if (failedAt > 0) {
      // Everything before the first failure is done; the rest is tried anew.
      rest = rest.slice(failedAt);
      tries = -1;
      continue;
    }
    if (source.bisects && rest.length > 1) {
      const middle = Math.ceil(rest.length / 2);
      await deliver(source, rest.slice(0, middle), repeats, log, signal);
      rest = rest.slice(middle);
      tries = -1;
      continue;
    }
    if (source.retries >= 0 && tries >= source.retries) {
      await giveUp(source, rest, 'RetryAttemptsExhausted', tries + 1, log);
      return;
    }
    await sleep(Math.min(100 * 2 ** Math.max(0, tries), 10_000), undefined, { signal }).catch(() => {});
  }
}

/** Invokes the function once. Answers nothing when all is done, else the index of the first record that is not: 0 for the whole batch. */
async function attempt(
  source: StreamSource,
  batch: readonly StreamRecord[],
  repeats: () => number,
  log: Log,
  signal: AbortSignal,
): Promise<number | undefined> {
  const event = { Records: batch.map((record) => ({ ...record, eventSourceARN: source.visibleArn })) };
  try {
    if (Math.random() < repeats()) await source.host.invoke(event).catch(() => {});
    const failedAt = firstFailure(source, batch, await source.host.invoke(event));
    if (failedAt !== undefined) log.loud(`${source.key}: ${source.host.spec.name} reported a record as failed`);
    return failedAt;
  } catch (error) {
    if (!signal.aborted) log.loud(`${source.key}: ${error instanceof Error ? error.message : error}`);
    return 0;
  }
}

const ageOf = (record: StreamRecord): number => Date.now() - record.dynamodb.ApproximateCreationDateTime * 1000;
/** The index of the first record that a partial answer names; nothing when all is well. An answer that names an unknown record fails the whole batch, as in Lambda. */
function firstFailure(source: StreamSource, batch: readonly StreamRecord[], result: unknown): number | undefined {
  if (!source.reportsItems) return undefined;
  const failures =
    (result as { batchItemFailures?: { itemIdentifier?: string }[] } | null | undefined)?.batchItemFailures ?? [];
  if (failures.length === 0) return undefined;
  const indexes = failures.map(({ itemIdentifier }) =>
    batch.findIndex((record) => record.dynamodb.SequenceNumber === itemIdentifier),
  );
  return Math.max(0, Math.min(...indexes));
}

async function giveUp(
  source: StreamSource,
  records: readonly StreamRecord[],
  condition: string,
  tries: number,
  log: Log,
): Promise<void> {
  log.loud(
    `${source.key}: ${records.length} record(s) given up (${condition})${source.onFailure ? ', reported to the dead letters' : ''}`,
  );
  await source.onFailure?.({
    requestContext: { functionArn: source.host.spec.key, condition, approximateInvokeCount: tries },
    version: '1.0',
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      streamArn: source.visibleArn,
      batchSize: records.length,
      startSequenceNumber: records[0]?.dynamodb.SequenceNumber,
      endSequenceNumber: records.at(-1)?.dynamodb.SequenceNumber,
    },
  });
}

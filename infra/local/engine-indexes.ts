import { DatabaseSync } from 'node:sqlite';

const INDEXES = [
  // Each write asks for the highest sequence number of its table, as a number.
  'CREATE INDEX IF NOT EXISTS anxin_last ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
  // Each read of a shard asks for its first and last.
  'CREATE INDEX IF NOT EXISTS anxin_shard ON _stream_records (table_name, shard_id, sequence_number)',
  'CREATE INDEX IF NOT EXISTS anxin_age ON _stream_records (created_at)',
];

/**
 * Gives dynoxide's own file the indexes that its stream records lack (1.2.1): without them each write reads all records so far,
 * and 2 500 orders make a transaction ten times as dear (0.5 ms of the engine's time at first, 5.5 ms then; with them 0.5–0.7 ms).
 */
export function indexStreamRecords(file: string): void {
  const database = new DatabaseSync(file, { timeout: 5000 });
  try {
    for (const sql of INDEXES) database.exec(sql);
  } finally {
    database.close();
  }
}

import { createHash } from 'node:crypto';
import type * as z from 'zod/mini';
import type { ElderForm, ElderImport, ElderImportReport } from '../../shared/contracts/elders.ts';
import { isRefusal } from '../../shared/contracts/refusal.ts';
import { dateInChina, type Instant } from '../../shared/values/dates.ts';
import { batchGetAll } from '../platform/batch-get.ts';
import { fingerprintOf } from '../platform/fingerprint.ts';
import { inParallel } from '../platform/in-parallel.ts';
import type { Who } from '../platform/who.ts';
import type { ElderDeps } from './deps.ts';
import { StoredElder } from './elder.ts';
import { elderKey } from './elder-record.ts';
import { IMPORT_COLUMNS } from './import-columns.ts';
import { type GoodRow, type ReadFile, type RowError, readElderRows, rowError } from './import-rows.ts';
import { idNumberKey } from './keys.ts';
import { putElder } from './put-elder.ts';

/** How many elders are registered side by side. */
const WIDTH = 10;

/** The same elder of the same community always has the same id, so that a file imported twice registers nobody twice. */
export function importedElderId(
  community: string,
  form: Pick<ElderForm, 'idNumber' | 'name' | 'birthDate' | 'phone'>,
): string {
  const identity = form.idNumber ?? [form.name, form.birthDate, form.phone ?? ''];
  const hash = createHash('sha256')
    .update(JSON.stringify(['imported elder', community, identity]))
    .digest('hex');
  // The form of a name-based UUID with its own hash: version 8 of RFC 9562.
  const variant = '89ab'[Number.parseInt(hash.slice(16, 17), 16) & 3];
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

interface Candidate extends GoodRow {
  readonly elderId: string;
}

/**
 * Imports elders from CSV. Each row is judged by itself, against the other rows and against who is registered; an elder whom
 * an earlier import of the same row registered is in order. One bad row stops all, unless only the good ones are asked for.
 * A dry run writes nothing. What is wrong stands in the report: it is no refusal.
 */
export async function importElders(
  deps: ElderDeps,
  who: Who,
  { area, body, now }: { area: string; body: z.infer<typeof ElderImport>; now: Instant },
): Promise<ElderImportReport> {
  const file = readElderRows(body.csv, area, dateInChina(now));
  const { good, errors } = await judgeTogether(deps, area, file);
  const report = { rows: file.rows, good: good.length, imported: 0, errors: inOrder(errors) };
  const stopped = errors.length > 0 && body.goodRowsOnly !== true;
  if (body.dryRun || stopped) return report;
  const failed: RowError[] = [];
  await inParallel(WIDTH, good, async ({ elderId, form, row }) => {
    const answer = await putElder(deps, who, { elderId, form, now });
    if (isRefusal(answer)) failed.push(answer.refused === 'busy' ? tooBusy(row, form) : taken(row, form));
  });
  return { ...report, imported: good.length - failed.length, errors: inOrder([...errors, ...failed]) };
}

const inOrder = (errors: readonly RowError[]): RowError[] => [...errors].sort((a, b) => a.row - b.row);

/** Judges the rows against each other and against the store. */
async function judgeTogether(
  deps: ElderDeps,
  community: string,
  { good: rows, errors: before }: ReadFile,
): Promise<{ good: Candidate[]; errors: RowError[] }> {
  const errors = [...before];
  const first = new Map<string, number>();
  const single: Candidate[] = [];
  for (const { row, form } of rows) {
    const elderId = importedElderId(community, form);
    const earlier = first.get(elderId);
    if (earlier === undefined) {
      first.set(elderId, row);
      single.push({ row, form, elderId });
    } else errors.push(twice(row, form, earlier));
  }
  const { elders, claims } = await registered(deps, single);
  const good = single.filter(({ row, form, elderId }) => {
    const known = elders.get(elderId);
    const claimedBy = form.idNumber === undefined ? undefined : claims.get(idNumberKey(form.idNumber).pk);
    if (known?.registration === fingerprintOf(form)) return true;
    if (known === undefined && (claimedBy === undefined || claimedBy === elderId)) return true;
    errors.push(taken(row, form));
    return false;
  });
  return { good, errors };
}

async function registered({ db, eldersTable }: ElderDeps, rows: readonly Candidate[]) {
  const keys = rows.flatMap(({ elderId, form }) => [
    elderKey(elderId),
    ...(form.idNumber === undefined ? [] : [idNumberKey(form.idNumber)]),
  ]);
  const items = await batchGetAll(db, eldersTable, keys);
  const elders = new Map<string, StoredElder>();
  const claims = new Map<string, string>();
  for (const item of items) {
    if (String(item.pk).startsWith('ID#')) claims.set(String(item.pk), String(item.elderId));
    else elders.set(String(item.elderId), StoredElder.parse(item));
  }
  return { elders, claims };
}

const whose = (form: ElderForm) =>
  form.idNumber === undefined
    ? { column: IMPORT_COLUMNS.name.zh, found: form.name }
    : { column: IMPORT_COLUMNS.idNumber.zh, found: form.idNumber };

function twice(row: number, form: ElderForm, earlier: number): RowError {
  const { column, found } = whose(form);
  return rowError(row, column, found, `和第 ${earlier} 行是同一位老人。`, `The same elder as in row ${earlier}.`);
}

function taken(row: number, form: ElderForm): RowError {
  const { column, found } = whose(form);
  return rowError(
    row,
    column,
    found,
    '这位老人已经登记，请在页面上修改。',
    'This elder is registered already; edit the entry instead.',
  );
}

function tooBusy(row: number, form: ElderForm): RowError {
  const { column, found } = whose(form);
  return rowError(
    row,
    column,
    found,
    '系统正忙，这一行没有导入，请再导入一次。',
    'Too busy: this row was not imported; import the file again.',
  );
}

import { useState } from 'react';
import type { ElderImportReport } from '../../../../../shared/contracts/elders.ts';
import { call } from '../../../services/api.ts';
import type { Refused } from '../../../services/client.ts';
import { csvParts } from './csv-parts.ts';

const NOTHING: ElderImportReport = { rows: 0, good: 0, imported: 0, errors: [] };

/**
 * Imports a file, part by part. First a dry run, which says what is wrong; then the file, all of it or the good rows only. A row
 * that was imported before is in order, so that importing again after a lost connection registers nobody twice.
 */
export function useImport(community: string | undefined) {
  const [report, setReport] = useState<ElderImportReport | undefined>();
  const [isDry, setDry] = useState(true);
  const [progress, setProgress] = useState<{ part: number; parts: number } | undefined>();
  const [refusal, setRefusal] = useState<Refused | undefined>();

  async function run(csv: string, how: { dryRun: boolean; goodRowsOnly: boolean }) {
    if (community === undefined || progress !== undefined) return;
    const parts = csvParts(csv);
    setRefusal(undefined);
    let sum = NOTHING;
    for (const [index, part] of parts.entries()) {
      setProgress({ part: index + 1, parts: parts.length });
      const answer = await call('importElders', { params: { area: community }, body: { csv: part.csv, ...how } });
      if (!answer.ok) {
        setProgress(undefined);
        // What earlier parts brought in stays told; the dry run that came before keeps its table.
        if (!how.dryRun && index > 0) {
          setReport(sum);
          setDry(false);
        }
        setRefusal(answer.refusal);
        return;
      }
      sum = added(sum, answer.value, part.first);
    }
    setProgress(undefined);
    setReport(sum);
    setDry(how.dryRun);
  }

  return {
    report,
    isDry,
    progress,
    refusal,
    run,
    clear() {
      setReport(undefined);
      setRefusal(undefined);
      setDry(true);
    },
  };
}

/** One part's report added to those before it, with its rows counted in the whole file. */
export function added(sum: ElderImportReport, part: ElderImportReport, first: number): ElderImportReport {
  return {
    rows: sum.rows + part.rows,
    good: sum.good + part.good,
    imported: sum.imported + part.imported,
    errors: [
      ...sum.errors,
      ...part.errors.map((error) => ({ ...error, row: error.row === 1 ? 1 : error.row + first - 2 })),
    ],
  };
}

import { env } from '../../platform/env.ts';
import { type LedgerTable, ledgerClient } from './ledger.ts';

/** The ledger of deliveries, from the environment that the template gives. */
export function ledgerTable(): LedgerTable {
  const { ALERTS_TABLE } = env('ALERTS_TABLE');
  return { db: ledgerClient(), alertsTable: ALERTS_TABLE, clock: Date.now };
}

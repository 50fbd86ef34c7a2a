import { ledgerTable } from './deps.ts';
import { tellCanary } from './inbox.ts';
import { noticeConsumer } from './notice-consumer.ts';

const table = ledgerTable();

/** The test channel's queue of notices: nobody is told, the ledger says that it came. */
export const handler = noticeConsumer('canary', tellCanary(table), table);

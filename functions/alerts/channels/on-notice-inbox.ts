import { ledgerTable } from './deps.ts';
import { tellInbox } from './inbox.ts';
import { noticeConsumer } from './notice-consumer.ts';

const table = ledgerTable();

/** The inbox's queue of notices. */
export const handler = noticeConsumer('inbox', tellInbox(table), table);

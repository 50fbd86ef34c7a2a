import { parseArgs } from 'node:util';
import { SNSClient } from '@aws-sdk/client-sns';
import { domainEvents } from '../../functions/platform/domain-events.ts';
import { documentClient } from '../../functions/platform/dynamo.ts';
import { retell } from './retell.ts';

const HELP = `npm run retell -- --elders-table NAME --sessions-table NAME --topic ARN
  Tells again of every elder and person what other features may know of them (docs/operations.md, "A stage that had elders
  before alerts"). Works with the credentials and region of the shell. Safe to repeat.`;

try {
  const { values } = parseArgs({
    options: {
      'elders-table': { type: 'string' },
      'sessions-table': { type: 'string' },
      topic: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  const { 'elders-table': eldersTable, 'sessions-table': sessionsTable, topic } = values;
  if (!eldersTable || !sessionsTable || !topic) throw new Error(HELP);
  const told = await retell({
    db: documentClient(),
    eldersTable,
    sessionsTable,
    publish: domainEvents(new SNSClient({ maxAttempts: 8 }), topic),
    onProgress: ({ elders, people }) => process.stderr.write(`${people} people, ${elders} elders told\n`),
  });
  console.log(`${told.people} people and ${told.elders} elders told`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

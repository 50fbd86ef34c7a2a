import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { dateInChina, IsoDate, instantInChina, toInstant } from '../../shared/values/dates.ts';
import { loadTown } from './load-town.ts';
import { showProgress } from './progress.ts';
import { makeTown, type Town } from './town.ts';
import { townClient } from './town-client.ts';

const HELP = `npm run town -- [options]
  --elders 2000       how many elders
  --canteens 10       how many canteens, each in a community of its own
  --seed 7            another number makes another town; the same one the same
  --city NAME         id, area code or name of one city in shared/policies (all of them side by side when left out)
  --today 2026-12-01  the day that it is made for (today in China when left out)
  --out FILE          writes the items to a file, a line of JSON each: {"table":"meals","item":{…}}
  --endpoint URL      writes them to a database that speaks DynamoDB's protocol, into the tables
  --elders-table NAME --meals-table NAME --sessions-table NAME
  --alerts-table NAME what alerts know of them; left out, none of it is written
Without --out and --endpoint the town is only made and counted.`;

const number = (name: string, text: string): number => {
  if (!/^\d{1,12}$/.test(text)) throw new Error(`--${name}: a whole number is wanted, found "${text}"`);
  return Number(text);
};

const OPTIONS = {
  elders: { type: 'string', default: '2000' },
  canteens: { type: 'string', default: '10' },
  seed: { type: 'string', default: '7' },
  city: { type: 'string' },
  today: { type: 'string' },
  out: { type: 'string' },
  endpoint: { type: 'string' },
  'elders-table': { type: 'string' },
  'meals-table': { type: 'string' },
  'sessions-table': { type: 'string' },
  'alerts-table': { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

function townOf(values: Values): Town {
  const now = toInstant(Date.now());
  const { today } = values;
  if (today !== undefined && !IsoDate.safeParse(today).success)
    throw new Error(`--today: a day such as 2026-12-01 is wanted, found "${today}"`);
  return makeTown({
    elders: number('elders', values.elders),
    canteens: number('canteens', values.canteens),
    seed: number('seed', values.seed),
    city: values.city,
    today: today ?? dateInChina(now),
    now: today === undefined ? now : instantInChina(today, '10:00'),
  });
}

async function write(town: Town, values: Values): Promise<Record<string, number>> {
  const { endpoint, out, 'elders-table': elders, 'meals-table': meals, 'sessions-table': sessions } = values;
  const { 'alerts-table': alertsTable } = values;
  if (endpoint !== undefined && out !== undefined) throw new Error('name --out or --endpoint, not both');
  const progress = showProgress();
  try {
    if (endpoint !== undefined) {
      if (!elders || !meals || !sessions)
        throw new Error('--endpoint needs --elders-table, --meals-table and --sessions-table');
      const db = townClient(endpoint);
      const tables = { db, eldersTable: elders, mealsTable: meals, sessionsTable: sessions, alertsTable };
      return await loadTown(town, { ...tables, onProgress: progress.onProgress });
    }
    return await readTown(town, out, progress.onProgress);
  } finally {
    progress.end();
  }
}

/** Reads the whole town, into a file where one is named. */
async function readTown(
  town: Town,
  out: string | undefined,
  onProgress: ReturnType<typeof showProgress>['onProgress'],
): Promise<Record<string, number>> {
  const written: Record<string, number> = { elders: 0, meals: 0, sessions: 0, alerts: 0 };
  const file = out === undefined ? undefined : createWriteStream(out);
  if (file) await once(file, 'open');
  let items = 0;
  let elders = 0;
  for (const community of town.communities()) {
    for (const each of community.items()) {
      written[each.table] = (written[each.table] ?? 0) + 1;
      items += 1;
      if (file && !file.write(`${JSON.stringify(each)}\n`)) await once(file, 'drain');
    }
    elders += community.elders;
    onProgress({ items, elders, of: town.elders });
  }
  if (file) {
    file.end();
    await once(file, 'finish');
  }
  return written;
}

try {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  const started = performance.now();
  const town = townOf(values);
  const written = await write(town, values);
  const seconds = (performance.now() - started) / 1000;
  const items = Object.values(written).reduce((sum, count) => sum + count, 0);
  for (const { id, area, elders, canteens } of town.cities)
    console.log(`${id} (${area}): ${elders} elders, ${canteens} canteens`);
  for (const { name, role, boundTo, wechatCode, phone } of town.people)
    console.log(`  ${name} · ${role} · ${boundTo} · WeChat code ${wechatCode} · phone ${phone}`);
  const where = values.endpoint ?? values.out ?? 'nowhere: name --out or --endpoint to keep them';
  console.log(
    `${items} items (${Object.entries(written)
      .map(([table, count]) => `${table} ${count}`)
      .join(', ')}) ` + `in ${seconds.toFixed(1)} s, ${Math.round(items / seconds)} a second → ${where}`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

import { globSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measureAlert } from './alert.ts';
import { type BundleFigures, measureBundles, measureRaiseBundle } from './bundles.ts';
import { type HttpFigures, measureHttp } from './http.ts';
import { measureOrder } from './order.ts';
import { measureQuotes } from './quotes.ts';
import { measureRush } from './rush.ts';

/**
 * `npm run bench`: what the budgets of docs/architecture.md ask for, as ratios within this run. `-- --json` prints JSON alone;
 * `-- --only order,quotes` measures parts; `-- --quick` leaves out the district of 110 000 elders.
 */
const PARTS = ['quotes', 'order', 'alert', 'bundles', 'weapp', 'rush', 'http'] as const;
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: PARTS.join(',') },
  },
});
const wanted = values.only.split(',');
const stranger = wanted.find((part) => !PARTS.some((known) => known === part));
if (stranger !== undefined) {
  console.error(`--only: unknown part "${stranger}"; there are ${PARTS.join(', ')}`);
  process.exit(1);
}

/** The main package of the WeChat build: everything but the subpackages. */
function measureWeapp(): { weapp_main_kb: number } {
  const root = 'miniprogram/dist/weapp';
  const files = globSync(`${root}/**/*`).filter(
    (file) => statSync(file).isFile() && !file.startsWith(`${root}/packages/`),
  );
  if (files.length === 0) throw new Error('there is no WeChat build: npm run build:weapp -w miniprogram');
  return { weapp_main_kb: Math.round(files.reduce((sum, file) => sum + statSync(file).size, 0) / 1024) };
}

const HTTP_ORDERS = 3000;
const SIZES = values.quick ? [2000] : [2000, 110_000];

const measured: Record<string, unknown> = {};
const say = (words: string): void => {
  if (!values.json) console.error(words);
};
for (const part of PARTS) {
  if (!wanted.includes(part)) continue;
  say(`measuring ${part} …`);
  if (part === 'quotes') Object.assign(measured, measureQuotes());
  if (part === 'order') Object.assign(measured, await measureOrder());
  if (part === 'alert') Object.assign(measured, await measureAlert(), measureRaiseBundle());
  if (part === 'rush') Object.assign(measured, await measureRush());
  if (part === 'bundles') Object.assign(measured, measureBundles());
  if (part === 'weapp') Object.assign(measured, measureWeapp());
  if (part === 'http') Object.assign(measured, await measureHttp(SIZES, HTTP_ORDERS));
}

/** The budgets, and what misses them. */
function missed(): string[] {
  const over: string[] = [];
  const atMost = (name: string, limit: number) => {
    const value = measured[name];
    if (typeof value === 'number' && value > limit) over.push(`${name} ${value} > ${limit}`);
  };
  atMost('order_vs_bare', 1.3);
  atMost('alert_vs_bare', 1.3);
  atMost('alert_bundle_kb', 450);
  atMost('alert_import_vs_bare', 1.25);
  atMost('alert_under_rush', 3);
  atMost('weapp_main_kb', 1024);
  const quotes = measured.quotes_per_s;
  if (typeof quotes === 'number' && quotes < 200_000) over.push(`quotes_per_s ${quotes} < 200000`);
  for (const [entry, { kb, import_vs_bare }] of Object.entries(
    (measured.bundles ?? {}) as Record<string, BundleFigures>,
  )) {
    if (kb > 600) over.push(`${entry} ${kb} KB > 600`);
    if (import_vs_bare > 1.5) over.push(`${entry} import_vs_bare ${import_vs_bare} > 1.5`);
  }
  return over;
}

if (values.json) console.log(JSON.stringify({ ...measured, over_budget: missed() }, null, 2));
else {
  const { bundles, http, ...rest } = measured;
  console.table(rest);
  if (bundles) console.table(bundles);
  if (http) console.table(http as HttpFigures[]);
  for (const words of missed()) console.log(`OVER BUDGET: ${words}`);
}

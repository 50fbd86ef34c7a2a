import { parseArgs } from 'node:util';
import { proveAlerts } from './alerts/prove-alerts.ts';
import { proveOrders } from './orders/prove-orders.ts';

/**
 * `npm run prove`: load and faults against the local cloud over HTTP, and then the tables and the channels held against what
 * callers were told. `-- --json` prints JSON alone; `-- --only orders` or `alerts` proves a part; `-- --scenario sns_down,kill`
 * and `-- --alerts 200` make the second one shorter. Exit code 1 when anything was oversold, lost, duplicated, unbalanced or
 * unheard.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: 'orders,alerts' },
    scenario: { type: 'string', default: '' },
    alerts: { type: 'string', default: '2000' },
    rate: { type: 'string', default: '20' },
  },
});
const say = (words: string): void => {
  if (!values.json) console.error(words);
};
const parts = values.only.split(',');
const numbersOf = (part: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(part).filter(([, value]) => typeof value === 'number'));
const table = (rows: Readonly<Record<string, object>>): void =>
  console.table(Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, numbersOf(row)])));

const orders = parts.includes('orders') ? await proveOrders(say) : undefined;
const size = { alerts: Number(values.alerts), perSecond: Number(values.rate) };
const alerts = parts.includes('alerts')
  ? await proveAlerts(say, size, values.scenario.split(',').filter(Boolean))
  : undefined;

if (values.json) {
  console.log(JSON.stringify({ ...orders?.sums, ...orders?.parts, ...(alerts && { alerts: alerts.parts }) }, null, 2));
} else {
  if (orders) {
    console.table(orders.sums);
    table(orders.parts);
  }
  if (alerts) table(alerts.parts);
}
process.exit(orders?.isProven === false || alerts?.isProven === false ? 1 : 0);

import { parseArgs } from 'node:util';
import { proveAlerts } from './alerts/prove-alerts.ts';
import { proveDismissed } from './dismissed/prove-dismissed.ts';
import { proveFlood, WHOLE_FLOOD } from './flood/prove-flood.ts';
import { proveOrders } from './orders/prove-orders.ts';

/**
 * `npm run prove`: load and faults against the local cloud over HTTP, and then the tables and the channels held against what
 * callers were told. `-- --json` prints JSON alone; `-- --only orders`, `alerts`, `dismissed` or `flood` proves a part; `-- --scenario
 * sns_down,kill` and `-- --alerts 200` make the second one shorter, `-- --changes 30 --in-flight 200` the third. Exit code 1 when
 * anything was oversold, lost, duplicated, unbalanced or unheard, somebody acted whose session had ended, or a flood hid a real alert.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: 'orders,alerts,dismissed,flood' },
    scenario: { type: 'string', default: '' },
    alerts: { type: 'string', default: '2000' },
    rate: { type: 'string', default: '20' },
    changes: { type: 'string', default: '300' },
    'in-flight': { type: 'string', default: '2000' },
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
const crowd = { changes: Number(values.changes), inFlight: Number(values['in-flight']) };
const dismissed = parts.includes('dismissed') ? await proveDismissed(say, crowd) : undefined;
const floods = parts.includes('flood') ? await proveFlood(say, WHOLE_FLOOD) : undefined;

if (values.json) {
  const proven = {
    ...orders?.sums,
    ...orders?.parts,
    ...(alerts && { alerts: alerts.parts }),
    ...(dismissed && { dismissed: dismissed.parts }),
    ...(floods && { flood: floods.figures }),
  };
  console.log(JSON.stringify(proven, null, 2));
} else {
  if (orders) {
    console.table(orders.sums);
    table(orders.parts);
  }
  if (alerts) table(alerts.parts);
  if (dismissed) table({ dismissed: dismissed.parts });
  if (floods) console.table(floods.figures);
}
process.exit([orders, alerts, dismissed, floods].some((part) => part?.isProven === false) ? 1 : 0);

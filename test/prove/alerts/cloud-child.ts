import { startLocalCloud } from '../../../infra/local/local-cloud.ts';
import { keepReceived } from './received-file.ts';
import { loadCircles } from './world.ts';

/** What the parent must know of it. */
export interface Told {
  readonly api: string;
  readonly engine: string;
  readonly table: string;
}

/** The local cloud in a process of its own, which can be killed: `node cloud-child.ts DATA ELDERS`. */
const [data = '', elders = '0'] = process.argv.slice(2);
const cloud = await startLocalCloud({ port: 0, data, quiet: true, load: loadCircles(Number(elders)) });
let written = 0;
setInterval(() => {
  const received = cloud.received();
  if (received.length > written) keepReceived(data, received.slice(written));
  written = received.length;
}, 50);
process.send?.({
  api: cloud.apis.AnxinAlerts ?? '',
  engine: cloud.engines.dynamodb,
  table: cloud.environment.ALERTS_TABLE ?? '',
} satisfies Told);

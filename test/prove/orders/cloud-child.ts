import { startLocalCloud } from '../../../infra/local/local-cloud.ts';
import { loadWith } from '../../support/loaded-cloud.ts';
import { SLOTS } from './load.ts';

/** The local cloud in a process of its own, which can be killed: `node cloud-child.ts DATA ELDERS DAYS`. */
const [data = '', elders = '0', days = '1'] = process.argv.slice(2);
const load = loadWith({ elders: Number(elders), days: Number(days), canteens: 2, slots: SLOTS });
const cloud = await startLocalCloud({ port: 0, data, quiet: true, load });
process.send?.({ api: cloud.apis.AnxinApi, engine: cloud.engines.dynamodb, table: cloud.environment.MEALS_TABLE });

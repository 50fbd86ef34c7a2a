import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { type LocalCloudOptions, startLocalCloud } from './local-cloud.ts';

const APP = 'infra/app.ts';
const HELP = `npm start -- [options]
  --port 4000       the web page's port; the APIs take the next ones
  --data .anxin     where everything is kept
  --fresh           start over with new data
  --city NAME       the city of the demo data (only with new data)
  --fault SPEC      break something: sns=down,dynamodb=throttle:0.1|conflict:0.1|timeout-after-commit:0.05,
                    sns=kill:0.3,voice=down,latency=200ms,repeat:0.1
  --check-permissions   refuse functions what their roles in the template do not allow
  --app ${APP}  another CDK app to run, without a web page`;

async function optionsOf(args: string[]): Promise<LocalCloudOptions | undefined> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '4000' },
      data: { type: 'string', default: '.anxin' },
      fresh: { type: 'boolean', default: false },
      city: { type: 'string' },
      fault: { type: 'string', default: '' },
      'check-permissions': { type: 'boolean', default: false },
      app: { type: 'string', default: APP },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_000)
    throw new Error(`--port: a number from 0 to 65000 is wanted, found "${values.port}"`);
  return {
    port,
    data: values.data,
    fresh: values.fresh,
    faults: values.fault,
    checkPermissions: values['check-permissions'],
    app: values.app,
    appInputs: [dirname(values.app)],
    page: values.app === APP,
    watch: true,
    ...(values.app === APP ? { load: (await import('./demo-town.ts')).loadDemoTown(values.city) } : {}),
    ...(values.city === undefined ? {} : { city: values.city }),
  };
}

const ended = new AbortController();

async function run(options: LocalCloudOptions): Promise<void> {
  const cloud = startLocalCloud({ ...options, signal: ended.signal });
  const end = async (): Promise<void> => {
    if (ended.signal.aborted) process.exit(130); // asked twice: at once
    ended.abort();
    await cloud.then(({ stop }) => stop()).catch(() => {});
    process.exit(0);
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  const { apis, people, web } = await cloud;
  for (const [name, address] of Object.entries(apis)) console.log(`${name.padEnd(12)} ${address}`);
  for (const { name, role, boundTo, wechatCode, phone } of people) {
    console.log(`  ${name} · ${role} · ${boundTo} · ${wechatCode ? `WeChat code ${wechatCode}` : `phone ${phone}`}`);
  }
  console.log(`ready ${web}`);
}

try {
  const options = await optionsOf(process.argv.slice(2));
  if (options) await run(options);
  else console.log(HELP);
} catch (error) {
  if (!ended.signal.aborted) {
    // What we say ourselves is plain words; anything else is a fault in the code, and wants its place.
    console.error(error instanceof Error && error.constructor === Error ? error.message : error);
    process.exit(1);
  }
}

import { parseArgs } from 'node:util';
import { type LocalCloudOptions, startLocalCloud } from './local-cloud.ts';

const HELP = `npm start -- [options]
  --port 4000       the web page's port; the APIs take the next ones
  --data .anxin     where everything is kept
  --fresh           start over with new data
  --city NAME       the city of the demo data (only with new data)
  --fault SPEC      break something: sns=down,dynamodb=throttle:0.1|conflict:0.1|timeout-after-commit:0.05,latency=200ms,repeat:0.1`;

function optionsOf(args: string[]): LocalCloudOptions | undefined {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '4000' },
      data: { type: 'string', default: '.anxin' },
      fresh: { type: 'boolean', default: false },
      city: { type: 'string' },
      fault: { type: 'string', default: '' },
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
    page: true,
    watch: true,
    ...(values.city === undefined ? {} : { city: values.city }),
  };
}

try {
  const options = optionsOf(process.argv.slice(2));
  if (options === undefined) {
    console.log(HELP);
    process.exit(0);
  }
  let cloud: Awaited<ReturnType<typeof startLocalCloud>> | undefined;
  let isEnding = false;
  const end = async (): Promise<void> => {
    if (isEnding) process.exit(130);
    isEnding = true;
    await cloud?.stop();
    process.exit(0);
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  cloud = await startLocalCloud(options);
  for (const [name, address] of Object.entries(cloud.apis)) console.log(`${name.padEnd(12)} ${address}`);
  for (const { name, role, boundTo, wechatCode, phone } of cloud.people) {
    console.log(`  ${name} · ${role} · ${boundTo} · ${wechatCode ? `WeChat code ${wechatCode}` : `phone ${phone}`}`);
  }
  console.log(`ready ${cloud.web}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

import { policyCommand } from './command.ts';

const { code, out, err } = policyCommand(process.argv.slice(2));
if (out !== '') console.log(out);
if (err !== '') console.error(err);
process.exitCode = code;

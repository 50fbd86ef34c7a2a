import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `node pack.ts FOLDER`: packs a built bundle with WeChat's own packer, as an upload would, and ends with 0 or with what is
 * wrong. A process of its own: the packer starts workers and does not end them. It signs nothing that anybody would take: the key is
 * made for this run, and what the packer would ask WeChat about the account is answered here.
 */
const ci = createRequire(import.meta.url)('miniprogram-ci');
const folder = process.argv[2] ?? '';
const scratch = mkdtempSync(join(tmpdir(), 'anxin-pack-'));
const keyFile = join(scratch, 'key.pem');
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
writeFileSync(keyFile, privateKey.export({ type: 'pkcs1', format: 'pem' }));

const project = new ci.Project({
  appid: 'wx0123456789abcdef',
  type: 'miniProgram',
  projectPath: folder,
  privateKeyPath: keyFile,
});
/** What WeChat says of an account: sizes in MB. */
const account = {
  platform: true,
  appType: 0,
  isSandbox: false,
  released: false,
  setting: {
    MaxCodeSize: 2,
    MaxSubpackageSubCodeSize: 2,
    MaxSubpackageFullCodeSize: 20,
    NavigateMiniprogramLimit: 10,
    MaxSubPackageLimit: 100,
    MinTabbarCount: 2,
    MaxTabbarCount: 5,
    MaxTabbarIconSize: 40,
  },
};
project._attr = account;
project.attr = async () => account;

let code = 0;
try {
  const setting = { es6: false, minifyJS: true };
  await ci.getCompiledResult(
    { project, version: '1', desc: '', setting, onProgressUpdate() {} },
    join(scratch, 'out.zip'),
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  code = 1;
}
rmSync(scratch, { recursive: true, force: true });
process.exit(code);

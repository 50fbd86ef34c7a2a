import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** WeChat refuses a main package above 2 MB; ours stays at half of that, so that it opens fast on an old phone. In bytes. */
const LIMIT = 1024 * 1024;

interface PackageSizes {
  /** KB of the main package: everything that is in no subpackage. */
  readonly mainKb: number;
  /** KB by root of each subpackage. */
  readonly packagesKb: Readonly<Record<string, number>>;
}

/** The sizes of a built WeChat bundle in `folder`. */
export function packageSizes(folder: string): PackageSizes {
  const app = JSON.parse(readFileSync(join(folder, 'app.json'), 'utf8')) as { subPackages?: { root: string }[] };
  const roots = (app.subPackages ?? []).map((one) => one.root.replace(/\/$/, ''));
  const bytes: Record<string, number> = { main: 0 };
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile() || file.name.endsWith('.map')) continue;
    const path = join(file.parentPath, file.name);
    const name = relative(folder, path);
    const owner = roots.find((root) => name.startsWith(`${root}/`)) ?? 'main';
    bytes[owner] = (bytes[owner] ?? 0) + statSync(path).size;
  }
  const kb = (size: number) => Math.round(size / 1024);
  const { main = 0, ...packages } = bytes;
  return {
    mainKb: kb(main),
    packagesKb: Object.fromEntries(Object.entries(packages).map(([root, size]) => [root, kb(size)])),
  };
}

if (import.meta.main) {
  const sizes = packageSizes(join(import.meta.dirname, '../dist/weapp'));
  console.log(`weapp main package ${sizes.mainKb} KB (limit ${LIMIT / 1024} KB)`);
  for (const [root, size] of Object.entries(sizes.packagesKb)) console.log(`  subpackage ${root} ${size} KB`);
  if (sizes.mainKb * 1024 > LIMIT) process.exitCode = 1;
}

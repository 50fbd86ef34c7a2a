import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A hash over the names and contents of files and folders, `skip` (path prefixes) left out. What is missing counts as empty. */
export function contentHash(paths: readonly string[], skip: readonly string[] = [], salt = ''): string {
  const hash = createHash('sha256').update(salt).update(process.version);
  const visit = (path: string): void => {
    if (skip.some((prefix) => path.startsWith(prefix)) || path.endsWith('node_modules')) return;
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else if (stat) hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  };
  for (const path of paths) visit(path);
  return hash.digest('hex').slice(0, 32);
}

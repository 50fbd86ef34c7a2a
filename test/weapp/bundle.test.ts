import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parse } from 'acorn';
import { beforeAll, describe, expect, it } from 'vitest';
import { packageSizes } from '../../miniprogram/scripts/size.mts';
import { compileWxml } from './support/wxml.ts';

const BUNDLE = 'miniprogram/dist/weapp';
const files = (ending: string): string[] =>
  readdirSync(BUNDLE, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith(ending))
    .map((file) => join(file.parentPath, file.name));
const app = () =>
  JSON.parse(readFileSync(join(BUNDLE, 'app.json'), 'utf8')) as {
    pages: string[];
    subPackages: { root: string; pages: string[] }[];
    tabBar: { list: { pagePath: string }[] };
  };

beforeAll(() => {
  if (!existsSync(BUNDLE)) throw new Error('there is no WeChat bundle: npm run build:weapp -w miniprogram');
});

describe('the WeChat bundle', () => {
  it('keeps its main package at half of what WeChat allows, and each subpackage too', () => {
    const { mainKb, packagesKb } = packageSizes(BUNDLE);
    expect(mainKb).toBeLessThanOrEqual(1024);
    for (const [root, kb] of Object.entries(packagesKb)) expect(kb, root).toBeLessThanOrEqual(1024);
  });

  it('is ES5 throughout, for the old phones of old people', () => {
    const newer = files('.js').filter((file) => {
      try {
        parse(readFileSync(file, 'utf8'), { ecmaVersion: 5, allowHashBang: true });
        return false;
      } catch {
        return true;
      }
    });
    expect(newer).toEqual([]);
  });

  it('makes no code from text, which WeChat forbids', () => {
    const made = files('.js').filter((file) => /\beval\s*\(/.test(readFileSync(file, 'utf8')));
    expect(made.map((file) => relative(BUNDLE, file))).toEqual([]);
  });

  it('has a script, a template and settings for every page, and its tabs in the main package', () => {
    const { pages, subPackages, tabBar } = app();
    const all = [...pages, ...subPackages.flatMap(({ root, pages: own }) => own.map((page) => join(root, page)))];
    const missing = all.flatMap((page) =>
      ['.js', '.wxml', '.json'].map((ending) => `${page}${ending}`).filter((file) => !existsSync(join(BUNDLE, file))),
    );
    expect(missing).toEqual([]);
    expect(tabBar.list.map(({ pagePath }) => pagePath).filter((page) => !pages.includes(page))).toEqual([]);
  });

  it('carries roles and labels for screen readers on its templates', () => {
    const templates = readFileSync(join(BUNDLE, 'base.wxml'), 'utf8');
    for (const tag of ['view', 'text', 'image', 'input']) {
      const opening = templates.match(new RegExp(`<${tag} [^>]*>`, 'g')) ?? [];
      const speaking = opening.filter((one) => one.includes('aria-label=') && one.includes('aria-role='));
      expect(speaking.length, tag).toBeGreaterThan(0);
    }
  });

  it('is accepted by WeChat’s own template compiler', () => {
    expect(() => compileWxml(BUNDLE)('pages/home/index.wxml', { root: { cn: [] } })).not.toThrow();
  });

  it('is packed by WeChat’s own packer, which finds a page that is missing', { timeout: 60_000 }, () => {
    expect(pack(BUNDLE)).toMatchObject({ status: 0 });
    const broken = mkdtempSync(join(tmpdir(), 'anxin-bundle-'));
    try {
      cpSync(BUNDLE, broken, { recursive: true });
      rmSync(join(broken, 'pages/me/index.js'));
      const { status, stderr } = pack(broken);
      expect(status).toBe(1);
      expect(stderr).toContain('pages/me/index.js');
    } finally {
      rmSync(broken, { recursive: true, force: true });
    }
  });
});

/** The packer asks WeChat for a list of file endings and goes on without it: it is kept from asking. */
const NO_NETWORK = { HTTPS_PROXY: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' };
const pack = (folder: string) =>
  spawnSync(process.execPath, ['test/weapp/support/pack.ts', folder], {
    encoding: 'utf8',
    env: { ...process.env, ...NO_NETWORK },
    timeout: 50_000,
  });

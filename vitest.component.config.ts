import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineProject } from 'vitest/config';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const require = createRequire(here('miniprogram/package.json'));
/** React as the pages use it; the root holds a newer one for other tools. */
const folderOf = (name: string): string => dirname(require.resolve(`${name}/package.json`));

/** The mini-program's pages as the web build makes them, on a small DOM, with a stand-in for Taro's functions. */
export default defineProject({
  define: {
    'process.env.TARO_ENV': JSON.stringify('h5'),
    ANXIN_BUILT_APIS: JSON.stringify({ AnxinApi: 'http://built', AnxinAlerts: 'http://alerts' }),
    ANXIN_BUILT_DEV: 'false',
  },
  resolve: {
    // As Taro's build does: `primitives/index.h5.tsx` goes before `index.tsx`.
    extensions: ['.h5.tsx', '.h5.ts', '.tsx', '.ts', '.mjs', '.js', '.json'],
    alias: [
      { find: /^react(\/.*)?$/, replacement: `${folderOf('react')}$1` },
      { find: /^react-dom(\/.*)?$/, replacement: `${folderOf('react-dom')}$1` },
      // Its ES modules, so that it finds the same React.
      {
        find: /^@testing-library\/react$/,
        replacement: here('node_modules/@testing-library/react/dist/@testing-library/react.esm.js'),
      },
      { find: /^@tarojs\/taro$/, replacement: here('test/component/support/taro.ts') },
    ],
  },
  oxc: { jsx: { runtime: 'automatic' } },
  test: {
    name: 'component',
    include: ['test/component/**/*.test.{ts,tsx}'],
    environment: 'happy-dom',
    setupFiles: [here('test/component/support/setup.ts')],
    server: { deps: { inline: [/@testing-library\/react/] } },
    testTimeout: 10_000,
  },
});

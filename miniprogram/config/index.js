const path = require('node:path');
const { defineConfig } = require('@tarojs/cli');

const root = path.resolve(__dirname, '../..');
const env = process.env.TARO_ENV;

/**
 * Where the WeChat build finds its APIs; the web page reads `/config.json` when it starts instead. An address without TLS is
 * only accepted by WeChat's developer tools.
 */
const apis = {
  AnxinApi: process.env.ANXIN_API ?? 'http://localhost:4001',
  AnxinAlerts: process.env.ANXIN_ALERTS ?? 'http://localhost:4002',
};

/** Code written for newer engines than old phones have: it is compiled down to ES5 with the pages. */
const modern = [
  path.join(root, 'shared'),
  ...['zod', 'uqr', 'lucide-static'].map((name) => path.join(root, 'node_modules', name)),
];

module.exports = defineConfig(() => ({
  projectName: 'anxin',
  date: '2026-11-22',
  designWidth: 375,
  deviceRatio: { 375: 2 },
  sourceRoot: 'src',
  outputRoot: `dist/${env}`,
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: true, buildDependencies: { config: [__filename, path.join(__dirname, 'keep-aria.js')] } },
  plugins: [path.join(__dirname, 'keep-aria.js')],
  defineConstants: {
    ANXIN_BUILT_APIS: JSON.stringify(apis),
    ANXIN_BUILT_DEV: JSON.stringify(process.env.ANXIN_DEV === 'true'),
  },
  mini: {
    optimizeMainPackage: { enable: true },
    compile: { include: modern },
    // Pixels stay pixels: sizes follow the person's own text setting (theme/tokens.css), not the width of the screen.
    postcss: { pxtransform: { enable: false } },
    webpackChain,
  },
  h5: {
    publicPath: '/',
    staticDirectory: 'static',
    router: { mode: 'hash' },
    output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/[name].[contenthash:8].js' },
    miniCssExtractPluginOption: {
      ignoreOrder: true,
      filename: 'css/[name].[contenthash:8].css',
      chunkFilename: 'css/[name].[contenthash:8].css',
    },
    compile: { include: modern },
    // Pages on the web are made of HTML's own elements: their selectors must not become those of Taro's components.
    postcss: { autoprefixer: { enable: true }, pxtransform: { enable: false }, htmltransform: { enable: false } },
    webpackChain(chain) {
      webpackChain(chain);
      // All pages in one file: a page that is still to be fetched would not open where the connection is lost.
      chain.plugin('one-file').use(require('webpack').optimize.LimitChunkCountPlugin, [{ maxChunks: 1 }]);
    },
  },
}));

/**
 * npm keeps React 18, and what hangs on it, beside this package, because the root holds a newer React for other tools. Modules
 * that lie at the root must find the same ones.
 */
function webpackChain(chain) {
  for (const name of ['react', 'react-dom', '@tarojs/react', '@tarojs/plugin-framework-react']) {
    chain.resolve.alias.set(name, path.dirname(require.resolve(`${name}/package.json`)));
  }
}

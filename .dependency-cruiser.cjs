/** Imports point one way; see docs/architecture.md. */
const feature = '^functions/([^/]+)/';

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'shared-imports-zod-alone',
      severity: 'error',
      from: { path: '^shared/' },
      to: { pathNot: ['^shared/', '^node_modules/zod/'] },
    },
    {
      name: 'miniprogram-imports-only-shared',
      severity: 'error',
      from: { path: '^miniprogram/src/' },
      to: { path: ['^functions/', '^infra/', '^test/'] },
    },
    {
      name: 'functions-do-not-know-the-infrastructure',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: ['^infra/', '^test/', '^miniprogram/'] },
    },
    {
      name: 'what-crosses-features-is-given-for-others',
      comment:
        'A feature may know what another gives for others, and how elders are kept (and the condition that one is unchanged): nothing else.',
      severity: 'error',
      from: { path: feature },
      to: {
        path: '^functions/',
        pathNot: [
          '^functions/$1/',
          '^functions/platform/',
          '^functions/elders/elder-record\\.ts$',
          '^functions/[^/]+/for-others\\.ts$',
        ],
      },
    },
    {
      name: 'platform-knows-no-feature',
      severity: 'error',
      from: { path: '^functions/platform/' },
      to: { path: '^functions/', pathNot: '^functions/platform/' },
    },
    {
      name: 'only-platform-knows-middy-and-powertools',
      severity: 'error',
      from: { path: '^functions/', pathNot: '^functions/platform/' },
      to: { path: '^node_modules/(@middy|@aws-lambda-powertools)/' },
    },
    {
      name: 'handlers-are-imported-by-nobody',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^functions/.+/(api|on-[^/]+)\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'] },
  },
};

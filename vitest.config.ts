import { defineConfig } from 'vitest/config';

const project = (name: string, testTimeout: number, globalSetup: string[] = []) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    environment: 'node' as const,
    globalSetup,
    testTimeout,
    // A town is loaded before the first test of a file, also on a machine that has other things to do.
    hookTimeout: 2 * testTimeout + 60_000,
  },
});

export default defineConfig({
  test: {
    pool: 'threads',
    // Two cores: more workers than that only make timings unsteady.
    maxWorkers: 2,
    env: { POWERTOOLS_DEV: 'false', POWERTOOLS_LOG_LEVEL: 'SILENT', TZ: 'UTC' },
    projects: [
      project('unit', 10_000),
      project('store', 60_000, ['test/support/dynamodb-server.ts']),
      project('api', 120_000),
      project('infra', 120_000, ['test/infra/synthesize-first.ts']),
      project('weapp', 60_000),
      project('e2e', 90_000, ['test/e2e/support/build-first.ts']),
      './vitest.component.config.ts',
    ],
  },
});

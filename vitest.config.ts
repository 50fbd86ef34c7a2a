import { defineConfig } from 'vitest/config';

const project = (name: string, testTimeout: number) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    environment: 'node' as const,
    testTimeout,
    // A store test starts a database of its own; AWS's takes 5 s.
    hookTimeout: Math.max(60_000, testTimeout),
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
      project('store', 60_000),
      project('api', 120_000),
      project('infra', 120_000),
      project('weapp', 60_000),
      project('e2e', 90_000),
      './vitest.component.config.ts',
    ],
  },
});

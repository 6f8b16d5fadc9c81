import { defineConfig } from 'vitest/config';

/** Unit, golden and differential tests. The end-to-end suite has its own entry (`npm run e2e`): it installs for real. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    testTimeout: 30_000,
    reporters: ['default'],
  },
});

import { defineConfig } from 'vitest/config';

/** Tests against programs and libraries from Debian; `npm run test:peers` installs them first. */
export default defineConfig({
  test: {
    include: ['packages/*/tests/**/*.peers.test.ts', 'tests/**/*.peers.test.ts'],
    pool: 'forks',
    // Real peers on real ports, and recognition that must keep up with real time: one file at a time.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});

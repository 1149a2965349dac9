import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/tests/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.peers.test.ts'],
    pool: 'forks',
    // Sockets, threads and a database start in these tests; a loaded two-core machine needs room.
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});

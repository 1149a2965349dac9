import { afterAll, expect, test } from 'vitest';
import { sendRandomRequests } from './api/random-requests.ts';
import { closeSharedStore, startTestServer } from './test-server.ts';

afterAll(() => closeSharedStore());

/** In the peers run for its length; it runs there on PostgreSQL. */
test('20,000 random requests: none is our fault', { timeout: 600_000 }, async () => {
  const server = await startTestServer();
  const { statuses, failures } = await sendRandomRequests(server, 20_000, 1);
  await server.stop();
  expect(failures).toEqual([]);
  expect(statuses.get(200)).toBeGreaterThan(1000);
});

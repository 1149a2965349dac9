import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { sendRandomRequests } from '../random-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('1,000 random requests: none is our fault, and many do something', { timeout: 60_000 }, async () => {
  const { statuses, failures } = await sendRandomRequests(server, 1000, 20_261);
  expect(failures).toEqual([]);
  expect(statuses.get(200)).toBeGreaterThan(250);
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([400, 404, 409, 422]));
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { sendRandomRequests } from '../random-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** A share of the 20,000 that the heavier checks send. */
const count = Number(process.env.RANDOM_REQUESTS ?? 1000);

test(`${count} random requests: none is our fault, and many do something`, { timeout: 600_000 }, async () => {
  const { statuses, failures } = await sendRandomRequests(server, count, 20_261);
  expect(failures).toEqual([]);
  expect(statuses.get(200)).toBeGreaterThan(count / 4);
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([400, 404, 409, 422]));
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(['limit=0', 'cursor=abc', 'phone_number=', 'email='])('%s is not valid', async (query) => {
  expect((await server.problem('GET', `/contacts?${query}`)).status).toBe(422);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(['00000000-0000-4000-8000-000000000000', 'first', '%00'])('id %s is no key', async (id) => {
  const { status, body } = await server.problem('DELETE', `/api-keys/${id}`);
  expect([status, body.code]).toEqual([404, 'api_key_not_found']);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a deleted key is refused from the next request on', async () => {
  const made = await server.request<{ id: string; key: string }>('POST', '/api-keys', {
    body: { name: 'Short', full_access: true },
  });
  expect((await server.request('GET', '/phone', { key: made.body.key })).status).toBe(200);
  const { status, body } = await server.request('DELETE', `/api-keys/${made.body.id}`);
  expect([status, body]).toEqual([200, { id: made.body.id, deleted: true }]);
  expect((await server.problem('GET', '/phone', { key: made.body.key })).body.code).toBe('api_key_unknown');
});

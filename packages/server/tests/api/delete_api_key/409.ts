import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a key cannot delete itself', async () => {
  const { body } = await server.request<{ items: { id: string; name: string }[] }>('GET', '/api-keys');
  const own = body.items.find((key) => key.name === 'test');
  const refused = await server.problem('DELETE', `/api-keys/${own?.id}`);
  expect([refused.status, refused.body.code]).toEqual([409, 'api_key_in_use']);
  expect((await server.request('GET', '/phone')).status).toBe(200);
});

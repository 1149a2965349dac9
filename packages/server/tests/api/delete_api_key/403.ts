import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a key cannot take away more than it holds', async () => {
  const made = await server.request<{ id: string }>('POST', '/api-keys', { body: { name: 'Full', full_access: true } });
  const key = await server.scopedKey('org:write');
  const { status, body } = await server.problem('DELETE', `/api-keys/${made.body.id}`, { key });
  expect([status, body.code]).toEqual([403, 'scope_missing']);
});

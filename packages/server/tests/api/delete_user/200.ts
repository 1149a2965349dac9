import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a deleted user is gone', async () => {
  const key = server.adminKey;
  const memberships = [{ organisation_id: server.acme.id, role: 'member' }];
  const made = await server.request<{ id: string }>('POST', '/users', {
    key,
    body: { email: 'ada@example.com', name: 'Ada', memberships },
  });
  const { status, body } = await server.request('DELETE', `/users/${made.body.id}`, { key });
  expect([status, body]).toEqual([200, { id: made.body.id, deleted: true }]);
  expect((await server.request('GET', '/users', { key })).body).toEqual({ items: [], next: null });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test("another user's address cannot be taken", async () => {
  const key = server.adminKey;
  await server.request('POST', '/users', { key, body: { email: 'ada@example.com', name: 'Ada' } });
  const bob = await server.request<{ id: string }>('POST', '/users', {
    key,
    body: { email: 'bob@example.com', name: 'Bob' },
  });
  const options = { key, body: { email: 'Ada@example.com' } };
  const { status, body } = await server.problem('PATCH', `/users/${bob.body.id}`, options);
  expect([status, body.code]).toEqual([409, 'user_exists']);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('an unknown organisation changes nothing', async () => {
  const key = server.adminKey;
  const made = await server.request<{ id: string }>('POST', '/users', {
    key,
    body: { email: 'a@example.com', name: 'A' },
  });
  const memberships = [{ organisation_id: '00000000-0000-4000-8000-000000000000', role: 'admin' }];
  const path = `/users/${made.body.id}`;
  const { status, body } = await server.problem('PATCH', path, { key, body: { name: 'B', memberships } });
  expect([status, body.code]).toEqual([422, 'organisation_unknown']);
  expect((await server.request('PATCH', path, { key, body: {} })).body).toEqual(made.body);
});

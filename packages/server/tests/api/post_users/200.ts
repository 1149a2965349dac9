import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('makes a user with memberships; the password is not answered', async () => {
  const memberships = [
    { organisation_id: server.acme.id, role: 'admin' },
    { organisation_id: server.other.id, role: 'member' },
  ];
  const { status, body } = await server.request<{ id: string }>('POST', '/users', {
    key: server.adminKey,
    body: { email: 'Ada@Example.com', name: 'Ada', password: 'correct horse battery', memberships },
  });
  expect(status).toBe(200);
  expect(body).toEqual({
    id: expect.any(String),
    email: 'ada@example.com',
    name: 'Ada',
    has_password: true,
    memberships: expect.arrayContaining(memberships),
    created_at: expect.any(String),
  });
});

test('needs only an address and a name; the last of two memberships counts', async () => {
  const memberships = ['member', 'admin'].map((role) => ({ organisation_id: server.acme.id, role }));
  const { body } = await server.request('POST', '/users', {
    key: server.adminKey,
    body: { email: 'bob@example.com', name: 'Bob', memberships },
  });
  expect(body).toMatchObject({ has_password: false, memberships: [memberships[1]] });
});

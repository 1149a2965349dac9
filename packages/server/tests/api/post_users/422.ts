import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const someId = '00000000-0000-4000-8000-000000000000';

test.each([
  ['no address', { name: 'A' }, '/email'],
  ['an address without a domain', { name: 'A', email: 'ada' }, '/email'],
  ['a short password', { name: 'A', email: 'a@example.com', password: 'short' }, '/password'],
  [
    'an unknown role',
    { name: 'A', email: 'a@example.com', memberships: [{ organisation_id: someId, role: 'boss' }] },
    '/memberships/0/role',
  ],
  [
    'an unknown organisation',
    { name: 'A', email: 'a@example.com', memberships: [{ organisation_id: someId, role: 'admin' }] },
    '/memberships',
  ],
])('%s', async (_what, body, pointer) => {
  const answer = await server.problem('POST', '/users', { key: server.adminKey, body });
  expect(answer.status).toBe(422);
  expect(answer.body.errors.map((error) => error.pointer)).toContain(pointer);
});

test('nothing is kept of a refused user', async () => {
  expect((await server.request('GET', '/users', { key: server.adminKey })).body).toEqual({ items: [], next: null });
});

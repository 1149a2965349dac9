import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a number belongs to one contact of an organisation; another one may have it too', async () => {
  const body = { contact: { phone: '+12025550123' } };
  const { body: first } = await server.request<{ id: string }>('POST', '/contacts', { body });
  const again = await server.problem('POST', '/contacts', { body: { contact: { phone: '202-555-0123' } } });
  expect([again.status, again.body.code, again.body.errors[0]?.pointer]).toEqual([
    409,
    'contact_exists',
    '/contact/phone',
  ]);
  expect(again.body.detail).toContain(first.id);
  expect((await server.request('POST', '/contacts', { key: server.other.key, body })).status).toBe(200);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('an address is used once, in any case of letters', async () => {
  const key = server.adminKey;
  await server.request('POST', '/users', { key, body: { email: 'ada@example.com', name: 'Ada' } });
  const { status, body } = await server.problem('POST', '/users', {
    key,
    body: { email: 'ADA@example.com', name: 'A' },
  });
  expect([status, body.code, body.errors[0]?.pointer]).toEqual([409, 'user_exists', '/email']);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  ['?cursor=abc', 'cursor_invalid', '/cursor'],
  ['?limit=0', 'validation_failed', '/limit'],
])('%s', async (query, code, pointer) => {
  const { status, body } = await server.problem('GET', `/phone/sip/bans${query}`, { key: server.adminKey });
  expect([status, body.code, body.errors[0]?.pointer]).toEqual([422, code, pointer]);
});

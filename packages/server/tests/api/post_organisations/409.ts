import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a slug is used once', async () => {
  const options = { key: server.adminKey, body: { name: 'Again', slug: 'acme' } };
  const { status, body } = await server.problem('POST', '/organisations', options);
  expect([status, body.code, body.errors[0]?.pointer]).toEqual([409, 'organisation_exists', '/slug']);
});

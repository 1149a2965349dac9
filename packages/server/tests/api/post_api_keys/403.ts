import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  ['a scope it lacks', { scopes: ['org:write', 'phone:write'] }],
  ['full access', { full_access: true }],
  ['the administration of the instance', { scopes: ['instance:admin'] }],
])('a key cannot give %s', async (_what, grant) => {
  const key = await server.scopedKey('org:write', 'phone:read');
  const { status, body } = await server.problem('POST', '/api-keys', { key, body: { name: 'More', ...grant } });
  expect([status, body.code]).toEqual([403, 'scope_missing']);
});

test('full access to an organisation does not give the administration of the instance', async () => {
  const { body } = await server.problem('POST', '/api-keys', { body: { name: 'More', scopes: ['instance:admin'] } });
  expect(body.code).toBe('scope_missing');
});

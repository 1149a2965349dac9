import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  ['no name', { scopes: ['phone:read'] }, '/name'],
  ['neither scopes nor full access', { name: 'A' }, '/scopes'],
  ['no scopes', { name: 'A', scopes: [] }, '/scopes'],
  ['an unknown scope', { name: 'A', scopes: ['phone:*'] }, '/scopes/0'],
  ['an end in words', { name: 'A', full_access: true, expires_at: 'tomorrow' }, '/expires_at'],
])('%s', async (_what, body, pointer) => {
  const answer = await server.problem('POST', '/api-keys', { body });
  expect(answer.status).toBe(422);
  expect(answer.body.errors.map((error) => error.pointer)).toContain(pointer);
});

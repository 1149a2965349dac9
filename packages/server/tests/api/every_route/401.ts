import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { protectedRoutes } from './protected-routes.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(protectedRoutes)('$method $path asks for a key', async ({ method, path }) => {
  const { status, headers, body } = await server.problem(method, path, { key: null });
  expect(status).toBe(401);
  expect(headers.get('www-authenticate')).toBe('Bearer');
  expect(body).toMatchObject({ code: 'api_key_missing', status: 401, statusCode: 401, error: 'Unauthorized' });
});

test.each([
  ['a key nobody has', 'Bearer ocx_live_0000000000000000000000000000000000000000000'],
  ['half a key', (server_: TestServer) => `Bearer ${server_.acme.key.slice(0, -1)}`],
])('refuses %s', async (_what, header) => {
  const authorization = typeof header === 'string' ? header : header(server);
  const { status, body } = await server.problem('GET', '/phone', { key: null, headers: { authorization } });
  expect(status).toBe(401);
  expect(body.code).toBe('api_key_unknown');
});

test('another scheme is no key', async () => {
  const headers = { authorization: `Basic ${server.acme.key}` };
  expect((await server.problem('GET', '/phone', { key: null, headers })).body.code).toBe('api_key_missing');
});

test('the scheme is read in any case', async () => {
  const headers = { authorization: `bearer ${server.acme.key}` };
  expect((await server.request('GET', '/phone', { key: null, headers })).status).toBe(200);
});

test('refuses before reading the body', async () => {
  expect((await server.problem('POST', '/phone', { key: null, rawBody: '{' })).status).toBe(401);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

interface Made {
  readonly id: string;
  readonly key: string;
}

test('makes a key that works at once, shown this once', async () => {
  const expires_at = new Date(Date.now() + 3_600_000).toISOString();
  const { status, body } = await server.request<Made>('POST', '/api-keys', {
    body: { name: 'Reporting', scopes: ['phone:read', 'chat-sessions:read'], expires_at },
  });
  expect(status).toBe(200);
  expect(body).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    name: 'Reporting',
    last_four: body.key.slice(-4),
    full_access: false,
    scopes: ['phone:read', 'chat-sessions:read'],
    expires_at,
    last_used_at: null,
    created_at: expect.any(String),
    key: expect.stringMatching(/^ocx_live_[0-9A-Za-z]{43}$/),
  });
  expect((await server.request('GET', '/phone', { key: body.key })).status).toBe(200);
  expect((await server.problem('POST', '/phone', { key: body.key, body: { name: 'A' } })).body.code).toBe(
    'scope_missing',
  );
});

test('a key with full access may do everything in its organisation, and nothing beyond it', async () => {
  const { body } = await server.request<Made>('POST', '/api-keys', { body: { name: 'Full', full_access: true } });
  expect(body).toMatchObject({ full_access: true, scopes: [] });
  expect((await server.request('GET', '/audit-log', { key: body.key })).status).toBe(200);
  expect((await server.problem('GET', '/users', { key: body.key })).body.code).toBe('scope_missing');
});

test('an administrator of the instance makes another one', async () => {
  const { body } = await server.request<Made>('POST', '/api-keys', {
    key: server.adminKey,
    body: { name: 'Second', full_access: true, scopes: ['instance:admin'] },
  });
  expect(body).toMatchObject({ full_access: true, scopes: ['instance:admin'] });
  expect((await server.request('GET', '/users', { key: body.key })).status).toBe(200);
  expect((await server.request('GET', '/phone', { key: body.key })).status).toBe(200);
});

test('a key is refused from its end on', async () => {
  const expires_at = new Date(Date.now() - 1000).toISOString();
  const { body } = await server.request<Made>('POST', '/api-keys', {
    body: { name: 'Over', full_access: true, expires_at },
  });
  const refused = await server.problem('GET', '/phone', { key: body.key });
  expect([refused.status, refused.body.code]).toEqual([401, 'api_key_expired']);
});

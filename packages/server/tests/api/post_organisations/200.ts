import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('makes an organisation and a key with full access to it alone', async () => {
  const { status, body } = await server.request<{ id: string; api_key: string }>('POST', '/organisations', {
    key: server.adminKey,
    body: { name: 'Bakery', slug: 'bakery', country: 'DE' },
  });
  expect(status).toBe(200);
  expect(body).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    slug: 'bakery',
    name: 'Bakery',
    country: 'DE',
    created_at: expect.any(String),
    api_key: expect.stringMatching(/^ocx_live_/),
  });
  const made = await server.request('POST', '/phone', { key: body.api_key, body: { name: 'Front desk' } });
  expect(made.body).toMatchObject({ org_id: body.id });
  expect((await server.request('GET', '/phone')).body).toEqual([]);
  expect((await server.problem('GET', '/organisations', { key: body.api_key })).status).toBe(403);
});

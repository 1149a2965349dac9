import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

interface Log {
  readonly items: readonly { readonly action: string; readonly data: { readonly fields: string[] } }[];
  readonly next: string | null;
}

test('a change is entered with who, what, and the names of the fields, not their values', async () => {
  const made = await server.request<{ id: string }>('POST', '/phone', {
    body: { name: 'Secret plan', handoff_phone_number: '+12025550187' },
  });
  const { status, body } = await server.request<Log>('GET', '/audit-log');
  expect(status).toBe(200);
  expect(body).toEqual({
    items: [
      {
        id: expect.any(String),
        actor: { type: 'api_key', id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
        action: 'phone_agent.create',
        target_id: made.body.id,
        request_id: made.headers.get('x-request-id'),
        data: { params: {}, fields: ['handoff_phone_number', 'name'] },
        created_at: expect.any(String),
      },
    ],
    next: null,
  });
});

test('what was refused or only read is not entered', async () => {
  await server.problem('POST', '/phone', { body: {} });
  await server.problem('DELETE', '/api-keys/00000000-0000-4000-8000-000000000000');
  await server.request('GET', '/phone');
  expect((await server.request<Log>('GET', '/audit-log')).body.items).toHaveLength(1);
});

test('pages and filters; other organisations have a log of their own', async () => {
  for (const name of ['A', 'B']) {
    const { body } = await server.request<{ id: string }>('POST', '/api-keys', {
      body: { name, scopes: ['org:read'] },
    });
    await server.request('DELETE', `/api-keys/${body.id}`);
  }
  const actions = async (query: string, key = server.acme.key) => {
    const { body } = await server.request<Log>('GET', `/audit-log?${query}`, { key });
    return { actions: body.items.map(({ action }) => action), next: body.next };
  };
  expect(await actions('action=api_key.delete')).toEqual({ actions: ['api_key.delete', 'api_key.delete'], next: null });
  const { actions: first, next } = await actions('limit=3');
  expect(first).toEqual(['api_key.delete', 'api_key.create', 'api_key.delete']);
  expect(await actions(`limit=3&cursor=${next}`)).toEqual({
    actions: ['api_key.create', 'phone_agent.create'],
    next: null,
  });
  expect(await actions('', server.other.key)).toEqual({ actions: [], next: null });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  [{ channel: { type: 'pigeon' } }],
  [{ channel: { type: 'phone_voice' } }],
  [{ channel: 'web' }],
  [{ contact_id: 'ada' }],
])('%j is not valid', async (body) => {
  expect((await server.problem('POST', '/chat/sessions', { body })).body.code).toBe('validation_failed');
});

test('a contact of another organisation is unknown, and no chat begins', async () => {
  const contact = await server.request<{ id: string }>('POST', '/contacts', {
    key: server.other.key,
    body: { contact: { name: 'Bob' } },
  });
  const answer = await server.problem('POST', '/chat/sessions', { body: { contact_id: contact.body.id } });
  expect([answer.status, answer.body.code]).toEqual([422, 'contact_unknown']);
  expect((await server.request<{ items: unknown[] }>('GET', '/chat/sessions')).body.items).toEqual([]);
});

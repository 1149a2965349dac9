import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertSession } from '../../test-calls.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('answers as the list does', async () => {
  const id = await insertSession(server.store.db, server.acme.id, {
    summary: 'Asked for opening hours.',
    language: 'en',
  });
  const list = await server.request<{ items: unknown[] }>('GET', '/chat/sessions');
  const { status, body } = await server.request('GET', `/chat/sessions/${id}`);
  expect(status).toBe(200);
  expect(body).toEqual(list.body.items[0]);
  expect(body).toMatchObject({ id, summary: 'Asked for opening hours.', language: 'en', contact: null, handoff: null });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('the contact goes, its sessions stay', async () => {
  const { body } = await server.request<{ id: string }>('POST', '/contacts', { body: { contact: { name: 'Ada' } } });
  const session = await server.request<{ id: string }>('POST', '/chat/sessions', { body: { contact_id: body.id } });
  const path = `/contacts/${body.id}`;
  expect(await server.request('DELETE', path)).toMatchObject({ status: 200, body: { id: body.id, deleted: true } });
  expect((await server.problem('DELETE', path)).status).toBe(404);
  expect((await server.request('GET', `/chat/sessions/${session.body.id}`)).body).toMatchObject({ contact: null });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([[{}], [{ contact: { phone: 'alice' } }], [{ contact: { email: '' } }]])('%j is not valid', async (body) => {
  const made = await server.request<{ id: string }>('POST', '/contacts', { body: { contact: { name: 'Ada' } } });
  expect((await server.problem('PATCH', `/contacts/${made.body.id}`, { body })).status).toBe(422);
  expect((await server.request('GET', `/contacts/${made.body.id}`)).body).toEqual(made.body);
});

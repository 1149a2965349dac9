import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('reads what was made', async () => {
  const body = { contact: { name: 'Ada' } };
  const made = await server.request<{ id: string }>('POST', '/contacts', { body });
  expect((await server.request('GET', `/contacts/${made.body.id}`)).body).toEqual(made.body);
});

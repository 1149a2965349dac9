import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('answers with the agent as it was made', async () => {
  const made = await server.request<{ id: string }>('POST', '/phone', {
    body: { name: 'One', language: ['en', 'es'] },
  });
  const { status, body } = await server.request('GET', `/phone/${made.body.id}`);
  expect(status).toBe(200);
  expect(body).toEqual(made.body);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(['00000000-0000-4000-8000-000000000000', 'front-desk', '%00', '1'])('id %s is nobody', async (id) => {
  const { status, body } = await server.problem('GET', `/phone/${id}`);
  expect([status, body.code]).toEqual([404, 'phone_agent_not_found']);
});

test("another organisation's agent does not exist", async () => {
  const made = await server.request<{ id: string }>('POST', '/phone', {
    key: server.other.key,
    body: { name: 'Foreign' },
  });
  const { status, body } = await server.problem('GET', `/phone/${made.body.id}`);
  expect([status, body.code]).toEqual([404, 'phone_agent_not_found']);
});

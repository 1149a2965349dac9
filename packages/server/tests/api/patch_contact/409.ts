import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test("cannot take another contact's number", async () => {
  await server.request('POST', '/contacts', { body: { contact: { phone: '+12025550123' } } });
  const { body } = await server.request<{ id: string }>('POST', '/contacts', { body: { contact: {} } });
  const answer = await server.problem('PATCH', `/contacts/${body.id}`, {
    body: { contact: { phone: '+12025550123' } },
  });
  expect([answer.status, answer.body.code]).toEqual([409, 'contact_exists']);
});

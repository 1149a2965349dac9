import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertSession } from '../../test-calls.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(['00000000-0000-4000-8000-000000000000', 'none', '42'])('id %s is no session', async (id) => {
  const { status, body } = await server.problem('GET', `/chat/sessions/${id}`);
  expect([status, body.code]).toEqual([404, 'session_not_found']);
});

test("another organisation's session does not exist", async () => {
  const id = await insertSession(server.store.db, server.other.id);
  const { status, body } = await server.problem('GET', `/chat/sessions/${id}`);
  expect([status, body.code]).toEqual([404, 'session_not_found']);
});

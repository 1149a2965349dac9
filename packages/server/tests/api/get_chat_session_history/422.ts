import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertSession } from '../../test-calls.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  ['cursor=abc', 'cursor_invalid'],
  [`cursor=${Buffer.from('["2026-11-20","1","x"]').toString('base64url')}`, 'cursor_invalid'],
  ['limit=0', 'validation_failed'],
])('?%s', async (query, code) => {
  const id = await insertSession(server.store.db, server.acme.id);
  const { status, body } = await server.problem('GET', `/chat/sessions/${id}/history?${query}`);
  expect([status, body.code]).toEqual([422, code]);
});

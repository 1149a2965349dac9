import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertCall, insertSession } from '../../test-calls.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a call without recorded messages has an empty trace, and a foreign cursor is refused', async () => {
  const { store, acme } = server;
  const sessionId = await insertSession(store.db, acme.id);
  const id = await insertCall(store.db, acme.id, { sessionId, startedAt: new Date(), events: [['ringing', 1, {}]] });
  const path = `/phone/calls/${id}/trace`;
  expect((await server.request('GET', path)).body).toEqual({ items: [], next: null });
  expect((await server.problem('GET', `${path}?cursor=WyIxIl0`)).body.code).toBe('cursor_invalid');
  expect((await server.problem('GET', `${path}?limit=1000`)).status).toBe(422);
});

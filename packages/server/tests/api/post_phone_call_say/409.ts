import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { calls } from '../../../src/store/schema.ts';
import { insertCall, insertSession } from '../../test-calls.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
let id: string;
beforeAll(async () => {
  server = await startTestServer();
  const { store, acme } = server;
  const sessionId = await insertSession(store.db, acme.id);
  id = await insertCall(store.db, acme.id, { sessionId, startedAt: new Date(), events: [['invite_received', 0, {}]] });
});
afterAll(() => server.stop());

test('a call that is over stays over', async () => {
  const { status, body } = await server.problem('POST', `/phone/calls/${id}/say`, { body: { text: 'Hello' } });
  expect([status, body.code]).toEqual([409, 'call_ended']);
});

test('a call that this process does not hold is out of reach', async () => {
  await server.store.db.update(calls).set({ state: 'answered' }).where(eq(calls.id, id));
  const { status, body } = await server.problem('POST', `/phone/calls/${id}/say`, { body: { text: 'Hello' } });
  expect([status, body.code]).toEqual([409, 'call_not_here']);
});

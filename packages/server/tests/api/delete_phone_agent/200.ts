import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { agentTransferDestinations, calls, phoneNumbers } from '../../../src/store/schema.ts';
import { insertCall, insertSession } from '../../test-calls.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent, makeDestination } from '../agent-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('answers with the id, and the agent is gone', async () => {
  const { id } = await makeAgent(server);
  const { status, body } = await server.request('DELETE', `/phone/${id}`);
  expect(status).toBe(200);
  expect(body).toEqual({ id, deleted: true });
  expect((await server.request('GET', `/phone/${id}`)).status).toBe(404);
  expect((await server.request('GET', `/phone/${id}/versions`)).status).toBe(404);
  expect((await server.request('DELETE', `/phone/${id}`)).status).toBe(404);
});

test('its numbers are free, and it is no longer the default', async () => {
  const { db } = server.store;
  const { id } = await makeAgent(server);
  const number = { orgId: server.acme.id, phoneNumber: '+12025550123', method: 'operator', state: 'verified' } as const;
  await db.insert(phoneNumbers).values({ ...number, agentId: id });
  await db.insert(agentTransferDestinations).values({
    orgId: server.acme.id,
    agentId: id,
    destinationId: await makeDestination(server),
  });
  await server.request('PATCH', '/phone/settings', { body: { default_phone_agent_id: id } });
  expect((await server.request('DELETE', `/phone/${id}`)).status).toBe(200);
  expect(await db.select().from(phoneNumbers)).toMatchObject([{ phoneNumber: '+12025550123', agentId: null }]);
  expect((await server.request('GET', '/phone/settings')).body).toMatchObject({ default_phone_agent_id: null });
});

test('its calls and sessions are kept', async () => {
  const { db } = server.store;
  const { id } = await makeAgent(server);
  const sessionId = await insertSession(db, server.acme.id, { agentId: id });
  const callId = await insertCall(db, server.acme.id, {
    sessionId,
    agentId: id,
    startedAt: new Date(),
    events: [['transcript_final', 10, { text: 'Hello', confidence: 1 }]],
  });
  await server.request('DELETE', `/phone/${id}`);
  expect(await db.select().from(calls).where(eq(calls.id, callId))).toMatchObject([{ agentId: null, sessionId }]);
  const { body } = await server.request<{ items: unknown[] }>('GET', `/chat/sessions/${sessionId}/history`);
  expect(body.items).toHaveLength(1);
});

test('no call finds it any more', async () => {
  const { id } = await makeAgent(server);
  expect(await server.services.profiles.find(server.acme.id, id)).toBeDefined();
  await server.request('DELETE', `/phone/${id.toUpperCase()}`);
  expect(await server.services.profiles.find(server.acme.id, id)).toBeUndefined();
});

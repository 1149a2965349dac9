import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent, versionsOf } from '../agent-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(['00000000-0000-4000-8000-000000000000', 'front-desk'])('id %s is nobody', async (id) => {
  const { status, body } = await server.problem('POST', `/phone/${id}/versions`, { body: {} });
  expect([status, body.code]).toEqual([404, 'phone_agent_not_found']);
});

test("another organisation's agent does not exist", async () => {
  const foreign = await makeAgent(server, {}, server.other.key);
  const { status, body } = await server.problem('POST', `/phone/${foreign.id}/versions`, { body: {} });
  expect([status, body.code]).toEqual([404, 'phone_agent_not_found']);
});

test('a deleted agent gets no drafts', async () => {
  const { id } = await makeAgent(server);
  expect(await versionsOf(server, id)).toHaveLength(1);
  await server.request('DELETE', `/phone/${id}`);
  expect((await server.problem('POST', `/phone/${id}/versions`, { body: {} })).status).toBe(404);
});

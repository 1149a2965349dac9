import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent } from '../agent-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(['00000000-0000-4000-8000-000000000000', 'front-desk', '1'])('id %s is nobody', async (id) => {
  const { status, body } = await server.problem('DELETE', `/phone/${id}`);
  expect([status, body.code]).toEqual([404, 'phone_agent_not_found']);
});

test("another organisation's agent does not exist and stays", async () => {
  const foreign = await makeAgent(server, {}, server.other.key);
  const { status, body } = await server.problem('DELETE', `/phone/${foreign.id}`);
  expect([status, body.code]).toEqual([404, 'phone_agent_not_found']);
  const answer = await server.request('GET', `/phone/${foreign.id}`, { key: server.other.key });
  expect(answer.body).toEqual(foreign);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent } from '../agent-requests.ts';
import { agentTrunkPath, makeOutboundTrunk, noId } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([{}, { trunk_id: 'trunk' }, { trunk_id: 5 }])('%j is not valid', async (body) => {
  const { id } = await makeAgent(server);
  const answer = await server.problem('PUT', agentTrunkPath(id), { body });
  expect([answer.status, answer.body.errors[0]?.pointer]).toEqual([422, '/trunk_id']);
});

test("an unknown trunk, and another organisation's", async () => {
  const { id } = await makeAgent(server);
  const foreign = await makeOutboundTrunk(server, {}, server.other.key);
  for (const trunk_id of [noId, foreign.id]) {
    const { status, body } = await server.problem('PUT', agentTrunkPath(id), { body: { trunk_id } });
    expect([status, body.code, body.errors[0]?.pointer]).toEqual([422, 'reference_unknown', '/trunk_id']);
  }
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent } from '../agent-requests.ts';
import { agentTrunkPath, makeOutboundTrunk, outboundPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('names the agents that dial through it', async () => {
  const { id: trunk_id } = await makeOutboundTrunk(server);
  for (const name of ['Sales', 'Night desk']) {
    const agent = await makeAgent(server, { name });
    await server.request('PUT', agentTrunkPath(agent.id), { body: { trunk_id } });
  }
  const { status, body } = await server.problem('DELETE', `${outboundPath}/${trunk_id}`);
  expect([status, body.code]).toEqual([409, 'outbound_trunk_in_use']);
  expect(body.detail).toContain('"Night desk", "Sales"');
  expect((await server.request('GET', `${outboundPath}/${trunk_id}`)).status).toBe(200);
});

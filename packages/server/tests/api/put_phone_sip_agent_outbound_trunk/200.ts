import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent } from '../agent-requests.ts';
import { agentTrunkPath, makeOutboundTrunk, type SipConfigBody } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('sets the trunk, and null clears it', async () => {
  const { id } = await makeAgent(server);
  const trunk = await makeOutboundTrunk(server);
  const set = (trunk_id: string | null) =>
    server.request<SipConfigBody>('PUT', agentTrunkPath(id), { body: { trunk_id } });
  expect(await set(trunk.id)).toMatchObject({ status: 200, body: { phone_agent_id: id, outbound_trunk: trunk } });
  expect(await set(null)).toMatchObject({ status: 200, body: { outbound_trunk: null } });
});

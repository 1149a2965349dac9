import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent } from '../agent-requests.ts';
import { agentTrunkPath, configPath, makeNumber, makeOutboundTrunk, numbersPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('an agent has nothing at first', async () => {
  const { id } = await makeAgent(server);
  const { status, body } = await server.request('GET', configPath(id));
  expect([status, body]).toEqual([200, { phone_agent_id: id, inbound_numbers: [], outbound_trunk: null }]);
});

test('then what it was given', async () => {
  const { id } = await makeAgent(server);
  const number = await makeNumber(server, '+12025550100');
  const trunk = await makeOutboundTrunk(server);
  await server.request('PUT', numbersPath(id), { body: { phone_number_ids: [number.id] } });
  await server.request('PUT', agentTrunkPath(id), { body: { trunk_id: trunk.id } });
  expect((await server.request('GET', configPath(id))).body).toEqual({
    phone_agent_id: id,
    inbound_numbers: [{ id: number.id, phone_number: '+12025550100' }],
    outbound_trunk: trunk,
  });
});

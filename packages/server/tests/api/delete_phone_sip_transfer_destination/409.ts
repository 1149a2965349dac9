import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent } from '../agent-requests.ts';
import { agentDestinationsPath, destinationPath, makeDestinationBy } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('names the agents that have it, or fail over to it', async () => {
  const { id: destination_id } = await makeDestinationBy(server, {});
  const sales = await makeAgent(server, { name: 'Sales' });
  await server.request('POST', agentDestinationsPath(sales.id), { body: { destination_id } });
  await makeAgent(server, { name: 'Night desk', failover_transfer_destination_id: destination_id });
  const { status, body } = await server.problem('DELETE', `${destinationPath}/${destination_id}`);
  expect([status, body.code]).toEqual([409, 'transfer_destination_in_use']);
  expect(body.detail).toContain('"Night desk", "Sales"');
  expect((await server.request('GET', `${destinationPath}/${destination_id}`)).status).toBe(200);
});

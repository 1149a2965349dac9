import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent } from '../agent-requests.ts';
import { agentDestinationsPath, makeDestinationBy } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a bare array of what the agent was assigned', async () => {
  const { id } = await makeAgent(server);
  expect((await server.request('GET', agentDestinationsPath(id))).body).toEqual([]);
  const made = await makeDestinationBy(server, {});
  await makeDestinationBy(server, { name: 'Not assigned' });
  await server.request('POST', agentDestinationsPath(id), { body: { destination_id: made.id } });
  const { status, body } = await server.request('GET', agentDestinationsPath(id));
  expect([status, body]).toEqual([200, [made]]);
});

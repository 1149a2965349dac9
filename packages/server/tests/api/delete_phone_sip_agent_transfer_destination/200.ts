import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent } from '../agent-requests.ts';
import { agentDestinationsPath, destinationPath, makeDestinationBy } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('the agent has it no more, and the destination stays', async () => {
  const { id } = await makeAgent(server);
  const made = await makeDestinationBy(server, {});
  await server.request('POST', agentDestinationsPath(id), { body: { destination_id: made.id } });
  const answer = await server.request('DELETE', `${agentDestinationsPath(id)}/${made.id}`);
  expect(answer).toMatchObject({ status: 200, body: { id: made.id, deleted: true } });
  expect((await server.request('GET', agentDestinationsPath(id))).body).toEqual([]);
  expect((await server.request('GET', `${destinationPath}/${made.id}`)).body).toEqual(made);
});

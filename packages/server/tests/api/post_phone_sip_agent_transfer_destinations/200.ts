import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent } from '../agent-requests.ts';
import { agentDestinationsPath, destinationPath, makeDestinationBy } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a destination that is there; a second time is fine', async () => {
  const { id } = await makeAgent(server);
  const made = await makeDestinationBy(server, {});
  for (const _time of [1, 2]) {
    const { status, body } = await server.request('POST', agentDestinationsPath(id), {
      body: { destination_id: made.id },
    });
    expect([status, body]).toEqual([200, { destination_id: made.id }]);
  }
  expect((await server.request('GET', agentDestinationsPath(id))).body).toEqual([made]);
});

test('one that is made at the same time', async () => {
  const { id } = await makeAgent(server);
  const create = { name: 'Sales Dept', type: 'sip', value: 'sip:sales@pbx.example.com' };
  const { status, body } = await server.request<{ destination_id: string }>('POST', agentDestinationsPath(id), {
    body: { create },
  });
  expect([status, body]).toEqual([200, { destination_id: expect.any(String) }]);
  const destination = { ...create, id: body.destination_id };
  expect((await server.request('GET', agentDestinationsPath(id))).body).toMatchObject([destination]);
  expect((await server.request('GET', `${destinationPath}/${body.destination_id}`)).body).toMatchObject(destination);
});

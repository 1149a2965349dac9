import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent } from '../agent-requests.ts';
import { agentDestinationsPath, destinationPath, makeDestinationBy, noId } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const create = { name: 'Support', type: 'phone', value: '+15559999999' };

test.each([
  [{}, 'validation_failed', '/destination_id'],
  [{ destination_id: null }, 'validation_failed', '/destination_id'],
  [{ destination_id: noId, create }, 'validation_failed', '/create'],
  [{ destination_id: 'support' }, 'validation_failed', '/destination_id'],
  [{ create: { ...create, type: 'fax' } }, 'validation_failed', '/create/type'],
  [{ create: { ...create, value: 'reception' } }, 'phone_number_invalid', '/create/value'],
  [{ create: { ...create, username: 'u', password: 'p' } }, 'validation_failed', '/create/username'],
])('%j is not valid, and makes nothing', async (body, code, pointer) => {
  const { id } = await makeAgent(server);
  const answer = await server.problem('POST', agentDestinationsPath(id), { body });
  expect([answer.status, answer.body.code, answer.body.errors[0]?.pointer]).toEqual([422, code, pointer]);
  expect((await server.request('GET', destinationPath)).body).toEqual([]);
});

test("an unknown destination, and another organisation's", async () => {
  const { id } = await makeAgent(server);
  const foreign = await makeDestinationBy(server, {}, server.other.key);
  for (const destination_id of [noId, foreign.id]) {
    const { status, body } = await server.problem('POST', agentDestinationsPath(id), { body: { destination_id } });
    expect([status, body.code, body.errors[0]?.pointer]).toEqual([422, 'reference_unknown', '/destination_id']);
  }
});

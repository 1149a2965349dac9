import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { destinationPath, makeDestinationBy, noId } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(['other', 'none', 'no uuid'])('%s', async (whose) => {
  const foreign = await makeDestinationBy(server, {}, server.other.key);
  const id = { other: foreign.id, none: noId, 'no uuid': 'destination' }[whose];
  const { status, body } = await server.problem('GET', `${destinationPath}/${id}`);
  expect([status, body.code]).toEqual([404, 'transfer_destination_not_found']);
  expect((await server.request('GET', destinationPath, { key: server.other.key })).body).toContainEqual(foreign);
});

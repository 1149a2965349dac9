import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { destinationPath, makeDestinationBy } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a destination that no agent has', async () => {
  const { id } = await makeDestinationBy(server, {});
  const answer = await server.request('DELETE', `${destinationPath}/${id}`);
  expect(answer).toMatchObject({ status: 200, body: { id, deleted: true } });
  expect((await server.request('GET', `${destinationPath}/${id}`)).status).toBe(404);
});

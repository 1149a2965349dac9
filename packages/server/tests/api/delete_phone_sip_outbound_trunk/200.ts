import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeOutboundTrunk, outboundPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a trunk that no agent dials through', async () => {
  const { id } = await makeOutboundTrunk(server);
  expect(await server.request('DELETE', `${outboundPath}/${id}`)).toMatchObject({
    status: 200,
    body: { id, deleted: true },
  });
  expect((await server.request('GET', `${outboundPath}/${id}`)).status).toBe(404);
});

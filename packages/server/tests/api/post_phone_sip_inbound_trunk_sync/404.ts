import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { trunkPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('there is no trunk to synchronise', async () => {
  const { status, body } = await server.problem('POST', `${trunkPath}/sync`);
  expect([status, body.code]).toEqual([404, 'inbound_trunk_not_found']);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeTrunk, trunkPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('an organisation without a trunk has none to change', async () => {
  await makeTrunk(server, {}, server.other.key);
  const { status, body } = await server.problem('PATCH', trunkPath, { body: { krisp_enabled: false } });
  expect([status, body.code]).toEqual([404, 'inbound_trunk_not_found']);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeTrunk, trunkPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('without a trunk', async () => {
  const { status, body } = await server.problem('DELETE', `${trunkPath}/phone-numbers/+12025550100`);
  expect([status, body.code]).toEqual([404, 'inbound_trunk_not_found']);
});

test.each(['+12025550199', 'alice', '%20'])('%s is not on the list', async (text) => {
  if ((await server.request('GET', trunkPath)).status === 404)
    await makeTrunk(server, { phone_numbers: ['+12025550100'] });
  const { status, body } = await server.problem('DELETE', `${trunkPath}/phone-numbers/${text}`);
  expect([status, body.code]).toEqual([404, 'trunk_number_not_found']);
});

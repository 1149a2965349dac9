import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test("an organisation without a trunk gets none, not another's", async () => {
  await server.request('POST', '/phone/sip/inbound-trunk', { key: server.other.key });
  const { status, body } = await server.problem('GET', '/phone/sip/inbound-trunk');
  expect([status, body.code]).toEqual([404, 'inbound_trunk_not_found']);
});

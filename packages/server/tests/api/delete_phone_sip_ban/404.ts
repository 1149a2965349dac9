import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(['192.0.2.1', '2001:db8::%2F64', 'nonsense'])('%s is not silenced', async (source) => {
  const { status, body } = await server.problem('DELETE', `/phone/sip/bans/${source}`, { key: server.adminKey });
  expect([status, body.code]).toEqual([404, 'sip_ban_not_found']);
});

import type { SipEndpoint } from '@dialplane/sip';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { silence } from '../silenced-sources.ts';

let server: TestServer;
let endpoint: SipEndpoint | undefined;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await endpoint?.close();
  await server.stop();
});

test('the source is heard again', async () => {
  endpoint = await silence(server, ['127.0.0.2', '127.0.0.3']);
  const { status, body } = await server.request('DELETE', '/phone/sip/bans/127.0.0.2', { key: server.adminKey });
  expect([status, body]).toEqual([200, { id: '127.0.0.2', deleted: true }]);
  expect(endpoint.bans().map(({ source }) => source)).toEqual(['127.0.0.3']);
});

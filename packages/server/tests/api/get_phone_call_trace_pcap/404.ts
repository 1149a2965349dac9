import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(['00000000-0000-4000-8000-000000000000', 'not-an-id'])('%s is unknown', async (id) => {
  const { status, body } = await server.problem('GET', `/phone/calls/${id}/trace.pcap`);
  expect([status, body.code]).toEqual([404, 'call_not_found']);
});

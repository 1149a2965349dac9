import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeOutboundTrunk, outboundPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test("a bare array of the organisation's own, oldest first, with the documented fields only", async () => {
  expect((await server.request('GET', outboundPath)).body).toEqual([]);
  const trunks = [await makeOutboundTrunk(server, { name: 'A' }), await makeOutboundTrunk(server, { name: 'B' })];
  await makeOutboundTrunk(server, {}, server.other.key);
  const { status, body } = await server.request('GET', outboundPath);
  expect([status, body]).toEqual([200, trunks]);
});

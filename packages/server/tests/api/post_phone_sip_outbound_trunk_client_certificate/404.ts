import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeOutboundTrunk, noId, outboundPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(['other', 'none', 'no uuid'])('%s', async (whose) => {
  const foreign = await makeOutboundTrunk(server, {}, server.other.key);
  const id = { other: foreign.id, none: noId, 'no uuid': 'trunk' }[whose];
  const { status, body } = await server.problem('POST', `${outboundPath}/${id}/client-certificate`, { body: {} });
  expect([status, body.code]).toEqual([404, 'outbound_trunk_not_found']);
});

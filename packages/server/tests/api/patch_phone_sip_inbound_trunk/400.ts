import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { trunkPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a body that is cut off is malformed', async () => {
  const { status, body } = await server.problem('PATCH', trunkPath, { rawBody: '{"krisp_enabled":' });
  expect([status, body.code]).toEqual([400, 'malformed_json']);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a body that is cut off is malformed', async () => {
  const { status, body } = await server.problem('POST', '/phone/sip/route-test', { rawBody: '{' });
  expect([status, body.code]).toEqual([400, 'malformed_json']);
});

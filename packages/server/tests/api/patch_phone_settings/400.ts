import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(['{"country":', ''])('a body %j is malformed', async (rawBody) => {
  const { status, body } = await server.problem('PATCH', '/phone/settings', { rawBody });
  expect([status, body.code]).toEqual([400, 'malformed_json']);
});

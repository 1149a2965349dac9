import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  ['cut off', '{"name":'],
  ['no JSON', 'name=Support'],
  ['empty', ''],
  ['polluting prototypes', '{"name":"x","__proto__":{"admin":true}}'],
])('a body that is %s is malformed', async (_what, rawBody) => {
  const { status, body } = await server.problem('POST', '/phone', { rawBody });
  expect(status).toBe(400);
  expect(body).toMatchObject({ code: expect.stringMatching(/^malformed_(json|request)$/), errors: [] });
});

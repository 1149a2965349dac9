import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent } from '../agent-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  ['cut off', '{"name":'],
  ['empty', ''],
  ['polluting prototypes', '{"silence_prompts":{"__proto__":["x"]}}'],
])('a body that is %s is malformed', async (_what, rawBody) => {
  const { id } = await makeAgent(server);
  const { status, body } = await server.problem('PATCH', `/phone/${id}`, { rawBody });
  expect(status).toBe(400);
  expect(body.code).toMatch(/^malformed_(json|request)$/);
});

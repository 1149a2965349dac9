import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent } from '../agent-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a body that is cut off is malformed', async () => {
  const { id } = await makeAgent(server);
  const { status, body } = await server.problem('PATCH', `/phone/${id}/versions/1`, { rawBody: '{"name":' });
  expect([status, body.code]).toEqual([400, 'malformed_json']);
});

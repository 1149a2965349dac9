import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(['limit=0', 'limit=many', 'cursor=elsewhere'])('%s is not valid', async (query) => {
  const { status } = await server.problem('GET', `/phone/sip/presets?${query}`);
  expect(status).toBe(422);
});

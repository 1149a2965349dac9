import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('answers anybody', async () => {
  const { status, body } = await server.request('GET', '/healthz', { key: null });
  expect(status).toBe(200);
  expect(body).toEqual({ status: 'ok', uptime_s: expect.any(Number) });
});

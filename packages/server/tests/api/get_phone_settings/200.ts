import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a new organisation has the defaults', async () => {
  const { status, body } = await server.request('GET', '/phone/settings');
  expect(status).toBe(200);
  expect(body).toEqual({
    default_phone_agent_id: null,
    country: 'US',
    session_window_minutes: 180,
    recording: true,
    retention_days: null,
  });
});

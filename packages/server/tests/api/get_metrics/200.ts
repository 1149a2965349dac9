import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('tells durations by route pattern, never by path', async () => {
  await server.request('GET', '/phone/00000000-0000-4000-8000-000000000000');
  await server.request('GET', '/nowhere/secret');
  const { status, headers, body } = await server.request<string>('GET', '/metrics', { key: server.adminKey });
  expect(status).toBe(200);
  expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(body).toContain(
    'dialplane_http_request_duration_seconds_count{method="GET",route="/phone/:phone_agent_id",status="404"} 1',
  );
  expect(body).toContain('dialplane_http_request_duration_seconds_count{method="GET",route="none",status="404"} 1');
  // With its hyphen: figures may have as many zeros.
  expect(body).not.toMatch(/00000000-|secret/);
  for (const name of ['dialplane_calls_active 0', 'dialplane_event_loop_delay_seconds{quantile="0.99"}']) {
    expect(body).toContain(name);
  }
});

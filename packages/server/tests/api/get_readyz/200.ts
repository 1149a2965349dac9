import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('names each part with its state', async () => {
  const { status, body } = await server.request('GET', '/readyz', { key: null });
  expect(status).toBe(200);
  expect(body).toEqual({ status: 'ready', parts: { database: { state: 'ready', detail: server.store.kind } } });
});

test('a part that does less keeps the server ready', async () => {
  server.readiness.register('recogniser', () => ({ state: 'degraded', detail: 'not installed' }));
  const { status, body } = await server.request('GET', '/readyz', { key: null });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    status: 'degraded',
    parts: { recogniser: { state: 'degraded', detail: 'not installed' } },
  });
});

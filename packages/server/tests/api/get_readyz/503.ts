import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({}, 'alone');
});
afterAll(() => server.stop());

test('a part that is not ready, or cannot tell, is not ready', async () => {
  server.readiness.register('telephony', () => Promise.reject(new Error('port 5060 is taken')));
  const { status, body } = await server.request('GET', '/readyz', { key: null });
  expect(status).toBe(503);
  expect(body).toMatchObject({
    status: 'not_ready',
    parts: { database: { state: 'ready' }, telephony: { state: 'not_ready', detail: 'port 5060 is taken' } },
  });
});

test('a lost database is not ready', async () => {
  await server.store.close();
  const { status, body } = await server.request('GET', '/readyz', { key: null });
  expect(status).toBe(503);
  expect(body).toMatchObject({ parts: { database: { state: 'not_ready' } } });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('answers with one organisation', async () => {
  const { status, body } = await server.request('GET', `/organisations/${server.other.id}`, { key: server.adminKey });
  expect(status).toBe(200);
  expect(body).toEqual({
    id: server.other.id,
    slug: 'other',
    name: 'other',
    country: 'US',
    created_at: expect.any(String),
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('answers with a bare array of own agents, oldest first, whole', async () => {
  expect((await server.request('GET', '/phone')).body).toEqual([]);
  const made = [];
  for (const name of ['First', 'Second', 'Third']) {
    made.push((await server.request('POST', '/phone', { body: { name, language: 'en' } })).body);
  }
  await server.request('POST', '/phone', { key: server.other.key, body: { name: 'Foreign' } });
  const { status, body } = await server.request('GET', '/phone');
  expect(status).toBe(200);
  expect(body).toEqual(made);
});

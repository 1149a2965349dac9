import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  [{ name: '' }, '/name'],
  [{ country: 'us' }, '/country'],
])('%j', async (body, pointer) => {
  const options = { key: server.adminKey, body };
  const answer = await server.problem('PATCH', `/organisations/${server.other.id}`, options);
  expect([answer.status, answer.body.errors[0]?.pointer]).toEqual([422, pointer]);
});

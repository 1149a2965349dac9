import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  ['state=lost', '/state', 'validation_failed'],
  ['agent_id=1', '/agent_id', 'validation_failed'],
  ['limit=101', '/limit', 'validation_failed'],
  ['cursor=nonsense', '/cursor', 'cursor_invalid'],
])('%s', async (query, pointer, code) => {
  const { status, body } = await server.problem('GET', `/phone/numbers?${query}`);
  expect([status, body.code]).toEqual([422, code]);
  expect(body.errors[0]).toMatchObject({ in: 'query', pointer });
});

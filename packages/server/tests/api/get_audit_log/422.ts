import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(['nonsense', 'W10', 'WyJ4IiwieSJd'])('cursor %s is not ours', async (cursor) => {
  const { status, body } = await server.problem('GET', `/audit-log?cursor=${cursor}`);
  expect([status, body.code]).toEqual([422, 'cursor_invalid']);
});

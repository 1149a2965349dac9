import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a body that is cut off is malformed', async () => {
  const { status, body } = await server.problem('POST', '/phone/numbers/00000000-0000-4000-8000-000000000000/check', {
    rawBody: '{"code":',
  });
  expect([status, body.code]).toEqual([400, 'malformed_json']);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(['0', '10001', 'many'])('%s points cannot be wanted', async (points) => {
  const path = `/phone/calls/00000000-0000-4000-8000-000000000000/recording/peaks?points=${points}`;
  const { status, body } = await server.problem('GET', path);
  expect([status, body.code]).toEqual([422, 'validation_failed']);
});

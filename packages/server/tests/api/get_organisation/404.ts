import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(['00000000-0000-4000-8000-000000000000', 'acme', '%00'])('id %s is no organisation', async (id) => {
  const options = { key: server.adminKey };
  const { status, body } = await server.problem('GET', `/organisations/${id}`, options);
  expect([status, body.code]).toEqual([404, 'organisation_not_found']);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('unknown sources are for the administrator of the installation', async () => {
  const { status, body } = await server.problem('GET', '/phone/sip/refusals?whose=unknown');
  expect([status, body.code]).toEqual([403, 'scope_missing']);
  expect(body.detail).toContain('instance:admin');
});

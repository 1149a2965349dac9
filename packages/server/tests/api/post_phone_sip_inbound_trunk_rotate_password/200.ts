import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeTrunk, trunkPath } from '../sip-requests.ts';
import type { TrunkBody } from '../trunk-body.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a new password, the same user', async () => {
  const made = await makeTrunk(server);
  const { status, body } = await server.request<TrunkBody>('POST', `${trunkPath}/rotate-password`);
  expect(status).toBe(200);
  expect(body).toEqual({
    ...made,
    auth_password: expect.stringMatching(/^[0-9a-f-]{36}$/),
    active_since: expect.any(String),
  });
  expect(body.auth_password).not.toBe(made.auth_password);
  expect((await server.request('GET', trunkPath)).body).toEqual(body);
});

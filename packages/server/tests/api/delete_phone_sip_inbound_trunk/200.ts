import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeTrunk, trunkPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('the trunk is gone, its numbers stay, and another can be made', async () => {
  const { id, auth_username: username } = await makeTrunk(server, { phone_numbers: ['+12025550100'] });
  const { status, body } = await server.request('DELETE', trunkPath);
  expect([status, body]).toEqual([200, { id, deleted: true }]);
  expect((await server.problem('GET', trunkPath)).status).toBe(404);
  const next = await makeTrunk(server);
  expect(next.phone_numbers).toEqual(['+12025550100']);
  expect(next.auth_username).not.toBe(username);
});

test("another organisation's trunk is left alone", async () => {
  const other = await makeTrunk(server, {}, server.other.key);
  await server.request('DELETE', trunkPath);
  expect((await server.request('GET', trunkPath, { key: server.other.key })).body).toEqual(other);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent, versionsOf } from '../agent-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  [1, 'published'],
  [2, 'a draft'],
])('version %i is %s', async (number, state) => {
  const { id } = await makeAgent(server, { name: 'One' });
  await server.request('POST', `/phone/${id}/versions`, { body: { name: 'Two' } });
  const { status, body } = await server.problem('POST', `/phone/${id}/versions/${number}/rollback`);
  expect([status, body.code]).toEqual([409, 'agent_version_state']);
  expect(body.detail).toContain(`Version ${number} is ${state}.`);
  expect(await versionsOf(server, id)).toEqual(['2 draft Two', '1 published One']);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent, versionsOf } from '../agent-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  [1, 'superseded'],
  [2, 'published'],
])('version %i is %s and stays as it is', async (number, state) => {
  const { id } = await makeAgent(server, { name: 'One' });
  await server.request('PATCH', `/phone/${id}`, { body: { name: 'Two' } });
  const { status, body } = await server.problem('PATCH', `/phone/${id}/versions/${number}`, { body: { name: 'New' } });
  expect([status, body.code]).toEqual([409, 'agent_version_state']);
  expect(body.detail).toContain(`Version ${number} is ${state}.`);
  expect(await versionsOf(server, id)).toEqual(['2 published Two', '1 superseded One']);
});

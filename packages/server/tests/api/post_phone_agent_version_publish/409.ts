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
])('version %i is %s', async (number, state) => {
  const { id } = await makeAgent(server, { name: 'One' });
  await server.request('PATCH', `/phone/${id}`, { body: { name: 'Two' } });
  const { status, body } = await server.problem('POST', `/phone/${id}/versions/${number}/publish`);
  expect([status, body.code]).toEqual([409, 'agent_version_state']);
  expect(body.detail).toContain(`Version ${number} is ${state}.`);
  expect(await versionsOf(server, id)).toEqual(['2 published Two', '1 superseded One']);
});

test('a draft that was published twice at once is published once', async () => {
  const { id } = await makeAgent(server);
  await server.request('POST', `/phone/${id}/versions`, { body: {} });
  const answers = await Promise.all([1, 2].map(() => server.request('POST', `/phone/${id}/versions/2/publish`)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { type AgentBody, invalidSettings, makeAgent, versionsOf } from '../agent-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

let agent: AgentBody;
beforeAll(async () => {
  agent = await makeAgent(server);
});

test.each(invalidSettings)('%s', async (_what, body, pointer) => {
  const answer = await server.problem('POST', `/phone/${agent.id}/versions`, { body });
  expect(answer.status).toBe(422);
  expect(answer.body.errors.map((error) => [error.in, error.pointer])).toEqual([['body', pointer]]);
});

test('no draft was saved', async () => {
  expect(await versionsOf(server, agent.id)).toEqual(['1 published Agent']);
});

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
  await server.request('POST', `/phone/${agent.id}/versions`, { body: { name: 'Draft' } });
});

test.each([['no name', { name: null }, '/name'] as const, ...invalidSettings])('%s', async (_what, body, pointer) => {
  const answer = await server.problem('PATCH', `/phone/${agent.id}/versions/2`, { body });
  expect(answer.status).toBe(422);
  expect(answer.body.errors.map((error) => [error.in, error.pointer])).toEqual([['body', pointer]]);
});

test('the draft is as it was', async () => {
  expect(await versionsOf(server, agent.id)).toEqual(['2 draft Draft', '1 published Agent']);
});

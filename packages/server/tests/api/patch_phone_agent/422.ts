import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { type AgentBody, invalidSettings, makeAgent, makeArticle, makeDestination } from '../agent-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

let agent: AgentBody;
beforeAll(async () => {
  agent = await makeAgent(server);
});

test.each([
  ['no name', { name: null }, '/name'] as const,
  ['an empty name', { name: '  ' }, '/name'] as const,
  ...invalidSettings,
])('%s', async (_what, body, pointer) => {
  const answer = await server.problem('PATCH', `/phone/${agent.id}`, { body });
  expect(answer.status).toBe(422);
  expect(answer.body.errors.map((error) => [error.in, error.pointer])).toEqual([['body', pointer]]);
});

test("articles and destinations of another organisation are nobody's", async () => {
  const body = {
    instructions: [await makeArticle(server, server.other.id)],
    failover_transfer_destination_id: await makeDestination(server, server.other.id),
  };
  const answer = await server.problem('PATCH', `/phone/${agent.id}`, { body });
  expect([answer.status, answer.body.code]).toEqual([422, 'reference_unknown']);
  expect(answer.body.errors).toHaveLength(2);
});

test('a body that is no object', async () => {
  expect((await server.problem('PATCH', `/phone/${agent.id}`, { body: [] })).status).toBe(422);
});

test('nothing was changed by all this', async () => {
  expect((await server.request('GET', `/phone/${agent.id}`)).body).toEqual(agent);
});

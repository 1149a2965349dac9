import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent } from '../agent-requests.ts';
import { makeNumber, numbersPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('names the agent that has the number', async () => {
  const first = await makeAgent(server, { name: 'Front desk' });
  const second = await makeAgent(server);
  const { id } = await makeNumber(server, '+12025550100');
  const body = { phone_number_ids: [id] };
  await server.request('PUT', numbersPath(first.id), { body });
  const answer = await server.problem('PUT', numbersPath(second.id), { body });
  expect([answer.status, answer.body.code]).toEqual([409, 'phone_number_assigned']);
  expect(answer.body.detail).toContain('+12025550100 ("Front desk")');
  expect(answer.body.errors).toMatchObject([{ pointer: '/phone_number_ids/0' }]);
});

test('of two agents that are given it at once, one has it', async () => {
  const agents = [await makeAgent(server), await makeAgent(server)];
  const { id } = await makeNumber(server, '+12025550101');
  const answers = await Promise.all(
    agents.map((agent) => server.request('PUT', numbersPath(agent.id), { body: { phone_number_ids: [id] } })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent } from '../agent-requests.ts';
import { configPath, makeNumber, noId, numbersPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(['other', 'none', 'no uuid'])('%s', async (whose) => {
  const foreign = await makeAgent(server, {}, server.other.key);
  const id = { other: foreign.id, none: noId, 'no uuid': 'agent' }[whose] ?? '';
  const { status, body } = await server.problem('PUT', numbersPath(id), { body: { phone_number_ids: [] } });
  expect([status, body.code]).toEqual([404, 'phone_agent_not_found']);
});

test("an unknown number, and another organisation's, and nothing is changed", async () => {
  const { id } = await makeAgent(server);
  const own = await makeNumber(server, '+12025550100');
  const foreign = await makeNumber(server, '+12025550101', server.other.key);
  const body = { phone_number_ids: [own.id, noId, foreign.id] };
  const answer = await server.problem('PUT', numbersPath(id), { body });
  expect([answer.status, answer.body.code]).toEqual([404, 'phone_number_not_found']);
  expect(answer.body.errors.map(({ pointer }) => pointer)).toEqual(['/phone_number_ids/1', '/phone_number_ids/2']);
  expect((await server.request('GET', configPath(id))).body).toMatchObject({ inbound_numbers: [] });
});

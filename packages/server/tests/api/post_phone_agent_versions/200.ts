import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent, type VersionBody, versionsOf } from '../agent-requests.ts';
import { plainAgent, wholeAgent } from '../whole-agent.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('saves a draft of the given fields over what the agent is', async () => {
  const agent = await makeAgent(server, { name: 'Live', first_message: 'Hi' });
  const { status, body } = await server.request<VersionBody>('POST', `/phone/${agent.id}/versions`, {
    body: { name: 'Planned', handoff_phone_number: '(202) 555-0123' },
  });
  expect(status).toBe(200);
  expect(body).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    agent_id: agent.id,
    number: 2,
    state: 'draft',
    settings: { ...plainAgent, name: 'Planned', first_message: 'Hi', handoff_phone_number: '+12025550123' },
    created_at: expect.any(String),
    published_at: null,
  });
  expect((await server.request('GET', `/phone/${agent.id}`)).body).toEqual(agent);
  expect(await versionsOf(server, agent.id)).toEqual(['2 draft Planned', '1 published Live']);
});

test('of every field, and of none', async () => {
  const { id } = await makeAgent(server);
  const save = async (body: object) =>
    (await server.request<VersionBody>('POST', `/phone/${id}/versions`, { body })).body;
  expect((await save(wholeAgent)).settings).toMatchObject(wholeAgent);
  expect((await save({})).settings).toEqual({ ...plainAgent, name: 'Agent' });
  expect(await versionsOf(server, id)).toEqual(['3 draft Agent', '2 draft Whole', '1 published Agent']);
});

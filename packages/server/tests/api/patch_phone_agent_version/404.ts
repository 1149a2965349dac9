import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent } from '../agent-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(['2', '0', '-1', '1.0', '01', 'latest', '9999999999', '999999999'])(
  'version %s of an agent with one',
  async (number) => {
    const { id } = await makeAgent(server);
    const { status, body } = await server.problem('PATCH', `/phone/${id}/versions/${number}`, {
      body: { name: 'New' },
    });
    expect([status, body.code]).toEqual([404, 'agent_version_not_found']);
  },
);

test.each(['00000000-0000-4000-8000-000000000000', 'front-desk'])('agent %s is nobody', async (id) => {
  const { status, body } = await server.problem('PATCH', `/phone/${id}/versions/1`, { body: { name: 'New' } });
  expect([status, body.code]).toEqual([404, 'agent_version_not_found']);
});

test("another organisation's version does not exist", async () => {
  const foreign = await makeAgent(server, {}, server.other.key);
  await server.request('POST', `/phone/${foreign.id}/versions`, { key: server.other.key, body: {} });
  const { status, body } = await server.problem('PATCH', `/phone/${foreign.id}/versions/2`, { body: { name: 'New' } });
  expect([status, body.code]).toEqual([404, 'agent_version_not_found']);
});

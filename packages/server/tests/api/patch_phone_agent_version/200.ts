import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent, type VersionBody, versionsOf } from '../agent-requests.ts';
import { plainAgent, wholeAgent } from '../whole-agent.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('changes a draft, answers with it, and leaves the agent alone', async () => {
  const agent = await makeAgent(server, { name: 'Live' });
  const path = `/phone/${agent.id}/versions`;
  const draft = (await server.request<VersionBody>('POST', path, { body: { name: 'Draft', speed: 2 } })).body;
  const { status, body } = await server.request<VersionBody>('PATCH', `${path}/2`, { body: { first_message: 'Hi' } });
  expect(status).toBe(200);
  expect(body).toEqual({ ...draft, settings: { ...draft.settings, first_message: 'Hi' } });
  expect(body.settings).toMatchObject({ name: 'Draft', speed: 2 });

  expect((await server.request<VersionBody>('PATCH', `${path}/2`, { body: {} })).body).toEqual(body);
  const whole = await server.request<VersionBody>('PATCH', `${path}/2`, { body: wholeAgent });
  expect(whole.body.settings).toEqual({ ...plainAgent, ...wholeAgent });
  expect((await server.request('GET', `/phone/${agent.id}`)).body).toEqual(agent);
  expect(await versionsOf(server, agent.id)).toEqual(['2 draft Whole', '1 published Live']);
});

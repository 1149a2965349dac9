import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { type AgentBody, makeAgent, type VersionBody, versionsOf } from '../agent-requests.ts';
import { wholeAgent } from '../whole-agent.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('the draft is the agent, and the version before is superseded', async () => {
  const agent = await makeAgent(server, { name: 'Live' });
  const path = `/phone/${agent.id}/versions`;
  const draft = (await server.request<VersionBody>('POST', path, { body: wholeAgent })).body;
  const { status, body } = await server.request<VersionBody>('POST', `${path}/2/publish`);
  expect(status).toBe(200);
  expect(body).toEqual({ ...draft, state: 'published', published_at: expect.any(String) });
  const published = (await server.request<AgentBody>('GET', `/phone/${agent.id}`)).body;
  expect(published).toEqual({ ...agent, ...wholeAgent, updated_at: body.published_at });
  expect(await versionsOf(server, agent.id)).toEqual(['2 published Whole', '1 superseded Live']);
});

test('an older draft comes back over what was published since', async () => {
  const { id } = await makeAgent(server, { name: 'One' });
  await server.request('POST', `/phone/${id}/versions`, { body: { name: 'Two' } });
  await server.request('PATCH', `/phone/${id}`, { body: { name: 'Three' } });
  expect((await server.request('POST', `/phone/${id}/versions/2/publish`)).status).toBe(200);
  expect(await versionsOf(server, id)).toEqual(['3 superseded Three', '2 published Two', '1 superseded One']);
  expect((await server.request('GET', `/phone/${id}`)).body).toMatchObject({ name: 'Two' });
});

test('the next call hears it at once, instructions too', async () => {
  const { id } = await makeAgent(server, { instructions: ['We sell bread.'] });
  const profile = () => server.services.profiles.find(server.acme.id, id);
  expect((await profile())?.vocabulary.sentences).toContain('We sell bread.');
  const body = { instructions: ['We sell cake.'], silence_prompt_after_ms: 3000 };
  await server.request('POST', `/phone/${id}/versions`, { body });
  expect((await profile())?.settings).toMatchObject({ silencePromptAfterMs: 8000 });
  await server.request('POST', `/phone/${id}/versions/2/publish`);
  expect((await profile())?.settings).toMatchObject({ silencePromptAfterMs: 3000 });
  expect((await profile())?.vocabulary.sentences).toContain('We sell cake.');
  expect((await profile())?.vocabulary.sentences).not.toContain('We sell bread.');
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { phoneAgentVersions } from '../../../src/store/schema.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { type AgentBody, makeAgent, type VersionBody, versionsOf } from '../agent-requests.ts';
import { plainAgent } from '../whole-agent.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('publishes the earlier version again as a new one', async () => {
  const agent = await makeAgent(server, { name: 'One', first_message: 'First', languages: ['es', 'en'] });
  const path = `/phone/${agent.id}`;
  await server.request('PATCH', path, { body: { name: 'Two', first_message: 'Second', language: ['fr'] } });
  await server.request('PATCH', path, { body: { name: 'Three' } });
  const { status, body } = await server.request<VersionBody>('POST', `${path}/versions/1/rollback`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    number: 4,
    state: 'published',
    settings: { name: 'One', first_message: 'First', language: 'es', languages: ['es', 'en'] },
  });
  expect((await server.request<AgentBody>('GET', path)).body).toEqual({ ...agent, updated_at: expect.any(String) });
  expect(await versionsOf(server, agent.id)).toEqual([
    '4 published One',
    '3 superseded Three',
    '2 superseded Two',
    '1 superseded One',
  ]);
});

test('settings that were thought of later have their defaults', async () => {
  const { id } = await makeAgent(server, { max_call_ms: 60_000 });
  await server.request('PATCH', `/phone/${id}`, { body: { name: 'Two' } });
  await server.store.db.update(phoneAgentVersions).set({ settings: { name: 'Old' } });
  await server.request('POST', `/phone/${id}/versions/1/rollback`);
  expect((await server.request('GET', `/phone/${id}`)).body).toMatchObject({ ...plainAgent, name: 'Old' });
});

test('the next call hears it at once', async () => {
  const { id } = await makeAgent(server, { first_message: 'Old' });
  await server.request('PATCH', `/phone/${id}`, { body: { first_message: 'New' } });
  const greeting = async () => (await server.services.profiles.find(server.acme.id, id))?.settings.firstMessage;
  expect(await greeting()).toBe('New');
  await server.request('POST', `/phone/${id}/versions/1/rollback`);
  expect(await greeting()).toBe('Old');
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent } from '../agent-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  [{ country: 'Germany' }, '/country'],
  [{ country: 'de' }, '/country'],
  [{ country: null }, '/country'],
  [{ session_window_minutes: -1 }, '/session_window_minutes'],
  [{ session_window_minutes: 43_201 }, '/session_window_minutes'],
  [{ session_window_minutes: 1.5 }, '/session_window_minutes'],
  [{ recording: 'yes' }, '/recording'],
  [{ retention_days: 0 }, '/retention_days'],
  [{ retention_days: 3651 }, '/retention_days'],
  [{ default_phone_agent_id: 'front-desk' }, '/default_phone_agent_id'],
])('%j', async (body, pointer) => {
  const answer = await server.problem('PATCH', '/phone/settings', { body });
  expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed']);
  expect(answer.body.errors.map((error) => [error.in, error.pointer])).toEqual([['body', pointer]]);
});

test.each([
  ['nobody', async () => crypto.randomUUID()],
  ["another organisation's agent", async () => (await makeAgent(server, {}, server.other.key)).id],
  ['an agent for outbound calls', async () => (await makeAgent(server, { type: 'outbound' })).id],
])('%s cannot be the default agent', async (_who, idOf) => {
  const body = { default_phone_agent_id: await idOf(), recording: false };
  const answer = await server.problem('PATCH', '/phone/settings', { body });
  expect([answer.status, answer.body.code]).toEqual([422, 'reference_unknown']);
  expect(answer.body.errors).toMatchObject([{ pointer: '/default_phone_agent_id', code: 'phone_agent_unknown' }]);
  expect((await server.request('GET', '/phone/settings')).body).toMatchObject({ recording: true });
});

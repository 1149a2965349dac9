import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent } from '../agent-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const patch = (body: object) => server.request('PATCH', '/phone/settings', { body });

test('changes every setting of the own organisation only', async () => {
  const before = (await server.request('GET', '/phone/settings', { key: server.other.key })).body;
  const settings = {
    default_phone_agent_id: (await makeAgent(server)).id,
    country: 'DE',
    session_window_minutes: 60,
    recording: false,
    retention_days: 90,
  };
  const { status, body } = await patch(settings);
  expect(status).toBe(200);
  expect(body).toEqual(settings);
  expect((await server.request('GET', '/phone/settings')).body).toEqual(settings);
  expect((await server.request('GET', '/phone/settings', { key: server.other.key })).body).toEqual(before);

  expect((await patch({})).body).toEqual(settings);
  const cleared = { ...settings, default_phone_agent_id: null, retention_days: null };
  expect((await patch({ default_phone_agent_id: null, retention_days: null })).body).toEqual(cleared);
});

test.each([
  { country: 'FR' },
  { session_window_minutes: 0 },
  { session_window_minutes: 43_200 },
  { recording: true },
  { retention_days: 1 },
  { retention_days: 3650 },
])('%j alone changes nothing else', async (change) => {
  const before = (await server.request<object>('GET', '/phone/settings')).body;
  expect((await patch(change)).body).toEqual({ ...before, ...change });
});

test('national numbers are read in the country', async () => {
  await patch({ country: 'DE' });
  const { body } = await server.request('POST', '/phone', {
    body: { name: 'Berlin', handoff_phone_number: '030 901820' },
  });
  expect(body).toMatchObject({ handoff_phone_number: '+4930901820' });
});

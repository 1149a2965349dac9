import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const send = (id: string) =>
  server.problem('POST', `/chat/sessions/${id}/send`, { body: { message: { type: 'text', text: 'Hello' } } });

test('without an agent nobody answers, and nothing is kept; a closed session takes no messages', async () => {
  const { body } = await server.request<{ id: string }>('POST', '/chat/sessions');
  expect((await send(body.id)).body).toMatchObject({ status: 409, code: 'agent_missing' });
  await server.request('POST', '/phone', { body: { name: 'Front desk' } });
  await server.request('POST', `/chat/sessions/${body.id}/close`);
  expect((await send(body.id)).body).toMatchObject({ status: 409, code: 'session_closed' });
  const history = await server.request<{ items: { event: { type: string } }[] }>(
    'GET',
    `/chat/sessions/${body.id}/history`,
  );
  expect(history.body.items.map(({ event }) => event.type)).toEqual(['closed_resolved_by_api']);
});

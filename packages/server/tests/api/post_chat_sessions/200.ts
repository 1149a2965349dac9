import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

interface Session {
  readonly id: string;
}

test('begins a chat on the channel of the API', async () => {
  for (const options of [{}, { body: {} }]) {
    const { status, body } = await server.request<Session>('POST', '/chat/sessions', options);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'open', channel: { type: 'api' }, contact: null, tags: [] });
    expect((await server.request('GET', `/chat/sessions/${body.id}`)).body).toEqual(body);
  }
});

test('with a contact and on another channel', async () => {
  const contact = await server.request<Session>('POST', '/contacts', { body: { contact: { name: 'Ada' } } });
  const body = { contact_id: contact.body.id, channel: { type: 'web' } };
  expect((await server.request('POST', '/chat/sessions', { body })).body).toMatchObject({
    channel: { type: 'web' },
    contact: { id: contact.body.id, name: 'Ada' },
  });
  const list = await server.request<{ items: unknown[] }>('GET', '/chat/sessions?channel_type=web');
  expect(list.body.items).toHaveLength(1);
});

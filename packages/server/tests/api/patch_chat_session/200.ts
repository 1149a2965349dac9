import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertSession } from '../../test-calls.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
let path: string;
beforeAll(async () => {
  server = await startTestServer();
  path = `/chat/sessions/${await insertSession(server.store.db, server.acme.id)}`;
});
afterAll(() => server.stop());

interface History {
  readonly items: readonly { readonly event: { readonly type: string; readonly content: { readonly text: string } } }[];
}

const history = async () =>
  (await server.request<History>('GET', `${path}/history`)).body.items.map(({ event }) => event.type);

test('closes and reopens, once each however often it is said', async () => {
  for (const status of ['closed_resolved', 'closed_resolved', 'closed_unresolved', 'open', 'open']) {
    const answer = await server.request('PATCH', path, { body: { status } });
    expect(answer).toMatchObject({ status: 200, body: { status, channel: { type: 'phone_voice' } } });
  }
  expect(await history()).toEqual(['closed_resolved_by_api', 'closed_unresolved_by_api', 'session_reopened']);
});

test('an empty change changes nothing', async () => {
  const before = await server.request('GET', path);
  expect((await server.request('PATCH', path, { body: {} })).body).toEqual(before.body);
});

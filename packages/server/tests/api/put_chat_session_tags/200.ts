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

test('replaces the tags, each kept once', async () => {
  const put = (tags: string[]) => server.request('PUT', `${path}/tags`, { body: { tags } });
  expect(await put(['vip', 'billing', 'vip'])).toMatchObject({ status: 200, body: { tags: ['vip', 'billing'] } });
  expect((await put([])).body).toMatchObject({ tags: [] });
  expect((await server.request('GET', path)).body).toMatchObject({ tags: [] });
  expect(await history()).toEqual([]);
});

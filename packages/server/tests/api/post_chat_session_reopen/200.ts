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

test('a closed session is open again; an open one stays as it is', async () => {
  await server.request('POST', `${path}/close`);
  expect(await server.request('POST', `${path}/reopen`)).toMatchObject({ status: 200, body: { status: 'open' } });
  await server.request('POST', `${path}/reopen`);
  expect(await history()).toEqual(['closed_resolved_by_api', 'session_reopened']);
});

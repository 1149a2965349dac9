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

test('closes as resolved without a body, or as the body says', async () => {
  expect((await server.request('POST', `${path}/close`)).body).toMatchObject({ status: 'closed_resolved' });
  const body = { status: 'closed_unresolved' };
  expect((await server.request('POST', `${path}/close`, { body })).body).toMatchObject(body);
  expect(await history()).toEqual(['closed_resolved_by_api', 'closed_unresolved_by_api']);
});

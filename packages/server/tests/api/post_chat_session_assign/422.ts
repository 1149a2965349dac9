import { afterAll, beforeAll, expect, test } from 'vitest';
import { memberships, users } from '../../../src/store/schema.ts';
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

test('a user of another organisation is as unknown as none', async () => {
  const { store, other } = server;
  const [user] = await store.db
    .insert(users)
    .values({ email: `bob-${other.id}@example.com`, name: 'Bob' })
    .returning();
  await store.db.insert(memberships).values({ orgId: other.id, userId: user?.id ?? '', role: 'member' });
  for (const assignee_id of [user?.id, '00000000-0000-4000-8000-000000000000']) {
    const { status, body } = await server.problem('POST', `${path}/assign`, { body: { assignee_id } });
    expect([status, body.code, body.errors[0]?.pointer]).toEqual([422, 'assignee_unknown', '/assignee_id']);
  }
  expect(await history()).toEqual([]);
});

test.each([[{}], [{ assignee_id: 'ada' }]])('%j is not valid', async (body) => {
  expect((await server.problem('POST', `${path}/assign`, { body })).body.code).toBe('validation_failed');
});

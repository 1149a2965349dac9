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

test('a person of the organisation takes it, and gives it back', async () => {
  const { store, acme } = server;
  const [user] = await store.db
    .insert(users)
    .values({ email: `ada-${acme.id}@example.com`, name: 'Ada' })
    .returning();
  await store.db.insert(memberships).values({ orgId: acme.id, userId: user?.id ?? '', role: 'member' });
  const assign = (assignee_id: string | null) => server.request('POST', `${path}/assign`, { body: { assignee_id } });
  expect(await assign(user?.id ?? '')).toMatchObject({ status: 200, body: { assignee_id: user?.id } });
  expect(await assign(null)).toMatchObject({ status: 200, body: { assignee_id: null } });
  const { body } = await server.request<History>('GET', `${path}/history`);
  expect(body.items.map(({ event }) => event.content.text)).toEqual(['Assigned to Ada.', 'Assigned to nobody.']);
});

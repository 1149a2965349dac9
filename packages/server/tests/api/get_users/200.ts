import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('lists the users of the instance, or the members of an organisation', async () => {
  const key = server.adminKey;
  const member = (email: string, organisation_id: string) =>
    server.request('POST', '/users', {
      key,
      body: { email, name: email, memberships: [{ organisation_id, role: 'member' }] },
    });
  await member('a@example.com', server.acme.id);
  await member('b@example.com', server.other.id);
  await member('c@example.com', server.acme.id);

  const list = async (query: string) => {
    type Page = { items: { email: string }[]; next: string | null };
    const { status, body } = await server.request<Page>('GET', `/users?${query}`, { key });
    expect(status).toBe(200);
    return { emails: body.items.map(({ email }) => email[0]).join(''), next: body.next };
  };
  expect(await list('')).toEqual({ emails: 'cba', next: null });
  expect(await list(`organisation_id=${server.acme.id}`)).toEqual({ emails: 'ca', next: null });
  const { emails, next } = await list(`organisation_id=${server.acme.id}&limit=1`);
  expect(emails).toBe('c');
  expect(await list(`organisation_id=${server.acme.id}&limit=1&cursor=${next}`)).toEqual({ emails: 'a', next: null });
});

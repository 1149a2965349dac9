import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('changes what is given, and memberships as a whole', async () => {
  const key = server.adminKey;
  const membership = (organisation_id: string) => ({ organisation_id, role: 'member' });
  const made = await server.request<{ id: string }>('POST', '/users', {
    key,
    body: { email: 'ada@example.com', name: 'Ada', memberships: [membership(server.acme.id)] },
  });
  const change = async (body: unknown) => {
    const answer = await server.request('PATCH', `/users/${made.body.id}`, { key, body });
    expect(answer.status).toBe(200);
    return answer.body;
  };
  expect(await change({})).toEqual(made.body);
  expect(await change({ name: 'Ada L.', email: 'ADA@example.com' })).toEqual({ ...made.body, name: 'Ada L.' });
  expect(await change({ password: 'correct horse battery' })).toMatchObject({ has_password: true, name: 'Ada L.' });
  expect(await change({ memberships: [membership(server.other.id)] })).toMatchObject({
    has_password: true,
    memberships: [membership(server.other.id)],
  });
  expect(await change({ memberships: [] })).toMatchObject({ memberships: [] });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('changes what is given, clears what is null, and keeps the rest', async () => {
  const contact = { name: 'Ada', email: 'ada@example.com', phone: '+12025550123' };
  const made = await server.request<{ id: string }>('POST', '/contacts', { body: { contact } });
  const path = `/contacts/${made.body.id}`;
  const body = { contact: { name: 'Ada L.', email: null, custom_data: { plan: 'gold' } } };
  const changed = await server.request('PATCH', path, { body });
  expect(changed).toMatchObject({
    status: 200,
    body: { name: 'Ada L.', email: null, phone_number: '+12025550123', custom_data: { plan: 'gold' } },
  });
  expect((await server.request('GET', path)).body).toEqual(changed.body);
  expect((await server.request('PATCH', path, { body: { contact: { phone: null } } })).body).toMatchObject({
    phone_number: null,
  });
});

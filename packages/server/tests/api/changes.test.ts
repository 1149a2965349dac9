import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({}, 'alone');
});
afterAll(() => server.stop());

test('a change that cannot be entered into the audit log does not happen, and nobody is told of it', async () => {
  const { body: session } = await server.request<{ id: string }>('POST', '/chat/sessions', { body: {} });
  const { body: agent } = await server.request<{ id: string }>('POST', '/phone', { body: { name: 'Front desk' } });
  let told = 0;
  server.services.bus.subscribe(`session:${session.id}`, () => told++);
  await server.store.db.execute(sql`alter table audit_log rename to elsewhere`);

  const refused = [
    await server.problem('POST', '/contacts', { body: { contact: { phone: '+12025550123' } } }),
    await server.problem('PATCH', `/phone/${agent.id}`, { body: { name: 'Reception' } }),
    await server.problem('POST', '/phone', { body: { name: 'Another' } }),
    await server.problem('POST', `/chat/sessions/${session.id}/notes`, { body: { text: 'Not to be kept.' } }),
  ];
  await server.store.db.execute(sql`alter table elsewhere rename to audit_log`);

  expect(refused.map(({ status }) => status)).toEqual([500, 500, 500, 500]);
  expect(told).toBe(0);
  expect((await server.request('GET', '/contacts')).body).toMatchObject({ items: [] });
  expect((await server.request('GET', '/phone')).body).toMatchObject([{ name: 'Front desk' }]);
  expect((await server.request('GET', `/chat/sessions/${session.id}/history`)).body).toMatchObject({ items: [] });
});

test('a change is told after its commit', async () => {
  const { body: session } = await server.request<{ id: string }>('POST', '/chat/sessions', { body: {} });
  const told = Promise.withResolvers<void>();
  server.services.bus.subscribe(`session:${session.id}`, told.resolve);
  await server.request('POST', `/chat/sessions/${session.id}/notes`, { body: { text: 'To be read.' } });
  await told.promise;
  const { body } = await server.request<{ items: unknown[] }>('GET', `/chat/sessions/${session.id}/history`);
  expect(body.items).toHaveLength(1);
});

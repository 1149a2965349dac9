import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

interface Contact {
  readonly id: string;
}
const make = async (contact: Record<string, unknown>) =>
  (await server.request<Contact>('POST', '/contacts', { body: { contact } })).body.id;

test.each(['into', 'from'] as const)('%s: the one that stays wins, and gets what it lacks', async (direction) => {
  const stays = await make({ name: 'Ada', custom_data: { plan: 'gold' } });
  const goes = await make({ name: 'Unknown', phone: '+12025550123', custom_data: { plan: 'free', seats: 3 } });
  const session = await server.request<Contact>('POST', '/chat/sessions', { body: { contact_id: goes } });
  const [path, body] = direction === 'into' ? [goes, { into: stays }] : [stays, { from: goes }];
  const merged = await server.request('POST', `/contacts/${path}/merge`, { body });
  expect(merged).toMatchObject({
    status: 200,
    body: { id: stays, name: 'Ada', phone_number: '+12025550123', custom_data: { plan: 'gold', seats: 3 } },
  });
  expect((await server.problem('GET', `/contacts/${goes}`)).status).toBe(404);
  expect((await server.request('GET', `/chat/sessions/${session.body.id}`)).body).toMatchObject({
    contact: { id: stays },
  });
  await server.request('DELETE', `/contacts/${stays}`);
});

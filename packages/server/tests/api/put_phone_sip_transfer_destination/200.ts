import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transferDestinations } from '../../../src/store/schema.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { destinationPath, makeDestinationBy } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const stored = async (id: string) =>
  (await server.store.db.select().from(transferDestinations).where(eq(transferDestinations.id, id)))[0];

test('is partial: the name alone', async () => {
  const made = await makeDestinationBy(server, {});
  const { status, body } = await server.request('PUT', `${destinationPath}/${made.id}`, { body: { name: 'Renamed' } });
  expect([status, body]).toEqual([200, { ...made, name: 'Renamed', updated_at: expect.any(String) }]);
});

test('another type with its value', async () => {
  const made = await makeDestinationBy(server, {});
  const body = { type: 'sip', value: 'sip:sales@pbx.example.com' };
  expect((await server.request('PUT', `${destinationPath}/${made.id}`, { body })).body).toMatchObject(body);
});

test('credentials stay through other changes, and go with null or with the type', async () => {
  const sip = { type: 'sip', value: 'sip:sales@pbx.example.com', username: 'u', password: 'p' };
  const { id } = await makeDestinationBy(server, sip);
  const put = (body: object) => server.request('PUT', `${destinationPath}/${id}`, { body });
  await put({ name: 'Renamed' });
  expect(await stored(id)).toMatchObject({ username: 'u', passwordSealed: expect.any(String) });
  await put({ username: null, password: null });
  expect(await stored(id)).toMatchObject({ username: null, passwordSealed: null });
  await put({ username: 'u', password: 'p' });
  await put({ type: 'hangup' });
  expect(await stored(id)).toMatchObject({ type: 'hangup', value: '', username: null, passwordSealed: null });
});

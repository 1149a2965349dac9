import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  [{ name: 'New' }, { name: 'New', country: 'US' }],
  [{ country: 'FR' }, { name: 'New', country: 'FR' }],
  [{}, { name: 'New', country: 'FR' }],
])('%j', async (body, expected) => {
  const path = `/organisations/${server.other.id}`;
  const changed = await server.request('PATCH', path, { key: server.adminKey, body });
  expect([changed.status, changed.body]).toMatchObject([200, { slug: 'other', ...expected }]);
  expect((await server.request('GET', path, { key: server.adminKey })).body).toEqual(changed.body);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('lists every organisation of the instance in pages', async () => {
  const key = server.adminKey;
  const first = await server.request<{ items: { slug: string }[]; next: string }>('GET', '/organisations?limit=1', {
    key,
  });
  const second = await server.request<typeof first.body>('GET', `/organisations?limit=1&cursor=${first.body.next}`, {
    key,
  });
  expect([first.status, second.body.next]).toEqual([200, null]);
  expect([...first.body.items, ...second.body.items].map(({ slug }) => slug)).toEqual(['other', 'acme']);
});
